"""What the value of a unit stands on, how sure a rule is, and where a case is known from: labels by code."""

VALUE_BASES: dict[str, str] = {
    "sourcing_cost": "Your sourcing cost",
    "last_paid": "Last paid",
    "average_sale": "Average sale less fees",
    "sale_price_less_fees": "This sale less its fees",
    "difference": "The difference",
    "paid": "Paid",
    "unknown": "Not known yet",
}

CONFIDENCES: dict[str, str] = {
    "verified": "Verified",
    "secondary": "Secondary source",
    "unconfirmed": "Unconfirmed",
}

CASE_ORIGINS: dict[str, str] = {"case_file": "Case file", "filed_elsewhere": "Filed elsewhere"}
