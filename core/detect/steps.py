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
    "return_lost",
    "replacement_lost",
    "return_carrier_damaged",
    "refunded_more",
    "return_delayed",
    "shipment_lost",
    "shipment_damaged",
    "removal_lost",
    "removal_damaged",
    "referral_fee_overcharge",
    "fulfilment_fee_overcharge",
)
"""The detected categories: each has a query of its name in `detectors/`."""

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
    **dict.fromkeys(("return_lost", "replacement_lost", "return_carrier_damaged", "return_delayed"), ORDER_REPORTS),
    **dict.fromkeys(("refunded_more", "referral_fee_overcharge", "fulfilment_fee_overcharge"), ORDER_REPORTS),
    **dict.fromkeys(("removal_parcel", "removal_lost"), REMOVAL_REPORTS),
}
"""Steps that need rows of one of these reports, and are skipped without any: planning and starting a query takes far
longer than checking that a small account has no rows for it.
"""

CANDIDATE = (
    "account_id",
    "item_key",
    "row_id",
    "made_by",
    "reduced_by",
    "channel",
    "marketplace",
    "currency",
    "event_on",
    "noted_on",
    "sku",
    "fnsku",
    "asin",
    "gtin",
    "order_id",
    "shipment_id",
    "units",
    "most_open",
    "unit_value",
    "doubt",
)
"""The columns of every detector's query, in any order.

`item_key` names the event identically in every database, `row_id` is its report row, `made_by` all rows that created it
and `reduced_by` the rows that reduced it. `event_on` starts the claim window's clock and is null where no report has
it; then `noted_on` places the event in history. Where `event_on` is known, nothing is ready to claim before `noted_on`.
`currency` is empty where the marketplace determines it. `unit_value` is the value of a unit where the event itself
states it, else null. `most_open` limits the open units, null for no limit. `doubt` is a reason for Review
(core.vocabulary.review_reasons) with its parameters, or empty.
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
    """The query for the candidates of some detectors: one row per item that may be owed."""
    return " union all ".join(
        f"select md5('{category}' || e'\\x1f' || item_key)::uuid as item_id, '{category}' as category,"
        f" {', '.join(CANDIDATE)} from ({query_of(category)}) as found"
        for category in detectors
    )


def skippable(connection: Connection, accounts: Sequence[int]) -> set[str]:
    """The steps that can find nothing in any of these accounts, since none has rows of their reports."""
    reports = sorted({report for needed in ONLY_WITH.values() for report in needed})
    has_rows = ", ".join(f"exists (select from {report} where account_id = any(:accounts))" for report in reports)
    found = connection.execute(text(f"select {has_rows}"), {"accounts": list(accounts)}).one()
    there = {report for report, has_any in zip(reports, found, strict=True) if has_any}
    return {step for step, needed in ONLY_WITH.items() if there.isdisjoint(needed)}
