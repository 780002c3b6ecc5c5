"""The steps of a detection: prepared tables, detectors, judging and valuation."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, text

FOLDER = Path(__file__).parent

DETECTORS = (
    "inventory_lost",
    "inventory_damaged",
    "inventory_destroyed",
    "return_or_replacement_lost",
    "return_late_or_damaged",
    "refunded_more",
    "refunded_at_fault",
    "shipment_lost",
    "shipment_damaged",
    "removal_lost",
    "removal_damaged",
    "referral_fee_overcharge",
    "fulfilment_fee_overcharge",
)
"""The detectors: each has a query of its name in `detectors/`, which names those columns of `candidate.sql` that it
knows. It finds the category of its name, unless `CATEGORIES_OF` has others.
"""

CATEGORIES_OF: Mapping[str, tuple[str, ...]] = {
    "return_or_replacement_lost": ("return_lost", "replacement_lost"),
    "return_late_or_damaged": ("return_delayed", "return_carrier_damaged"),
    "refunded_at_fault": ("refunded_more",),
}
"""The categories of detectors whose queries have a column `category`."""

DETECTED = frozenset(category for detector in DETECTORS for category in CATEGORIES_OF.get(detector, (detector,)))
"""The detected categories."""

PREPARED = (
    "hole",
    "newest",
    "product",
    "product_name",
    "adjustment",
    "payment",
    "refunded",
    "sold",
    "sold_line",
    "due",
    "returned",
    "missing",
    "receipt",
    "warehouse",
    "shipment",
    "shipment_line",
    "removal_parcel",
    "fee_span",
    "charged",
    "previewed_rate",
    "commission_due",
)
"""Temporary tables that several detectors read, in the order in which they are filled: each has a query of its name in
`prepared/`.
"""

ORDER_REPORTS = ("settlement_line", "settlement_v1_row", "replacement", "customer_return", "return_order_line")
REMOVAL_REPORTS = ("removal_order", "removal_shipment")

ONLY_WITH: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("refunded", "sold", "sold_line", "due", "returned", "missing"), ORDER_REPORTS),
    **dict.fromkeys(("charged", "previewed_rate", "commission_due"), ORDER_REPORTS),
    **dict.fromkeys(("return_or_replacement_lost", "return_late_or_damaged"), ORDER_REPORTS),
    **dict.fromkeys(("refunded_more", "refunded_at_fault"), ORDER_REPORTS),
    **dict.fromkeys(("referral_fee_overcharge", "fulfilment_fee_overcharge"), ORDER_REPORTS),
    **dict.fromkeys(("removal_parcel", "removal_lost"), REMOVAL_REPORTS),
}
"""Steps that need rows of one of these reports, and are skipped without any: planning and starting a query takes far
longer than checking that a small account has no rows for it.
"""


@cache
def query_of(name: str) -> str:
    """The query of a step, whose only parameter is `:account_id`."""
    if name == "candidate":
        return candidates(DETECTORS)
    return (FOLDER / _room(name) / f"{name}.sql").read_text()


def _room(name: str) -> str:
    return "detectors" if name in DETECTORS else "prepared" if name in PREPARED else ""


def candidates(detectors: Sequence[str]) -> str:
    """The query for the candidates of some detectors."""
    final = (FOLDER / "candidate.sql").read_text()
    return " union all ".join(
        f"(with detector as (select '{detector}' as category), detected as ({query_of(detector)}) {final})"
        for detector in detectors
    )


def skippable(connection: Connection, accounts: Sequence[int]) -> set[str]:
    """The steps that can find nothing in any of these accounts, since none has rows of their reports."""
    reports = sorted({report for needed in ONLY_WITH.values() for report in needed})
    has_rows = ", ".join(f"exists (select from {report} where account_id = any(:accounts))" for report in reports)
    found = connection.execute(text(f"select {has_rows}"), {"accounts": list(accounts)}).one()
    there = {report for report, has_any in zip(reports, found, strict=True) if has_any}
    return {step for step, needed in ONLY_WITH.items() if there.isdisjoint(needed)}
