"""Kinds of surpluses: units or money that match nothing and may explain open units of the same goods."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SurplusKind:
    """One kind of surplus."""

    code: str
    label: str
    meaning: str


_ALL = (
    SurplusKind("finds", "Units found", "The ledger books more units as found than were lost."),
    SurplusKind("receipts", "Units received", "More units arrived with a shipment than were sent with it."),
    SurplusKind(
        "returns", "Units returned", "Goods came back under an order, and no refund or replacement was for them."
    ),
    SurplusKind("cases", "Units of a case", "An open case claims more units than it covers."),
    SurplusKind("payments", "Payment", "A payment for which no event was found. It counts as Claimed."),
)

SURPLUS_KINDS: dict[str, SurplusKind] = {entry.code: entry for entry in _ALL}
"""Every kind by its code."""
