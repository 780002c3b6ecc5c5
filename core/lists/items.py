"""The list of items: one row per item and stage."""

from collections.abc import Callable
from dataclasses import replace

from core.lists.common import ACCOUNT, CATEGORY, CURRENCY, FNSKU, MARKETPLACE, ORDER_OR_SHIPMENT, SKU, UNITS
from core.lists.list_spec import Column, Lead, ListSpec, Row, Shown, never
from core.queries import items
from core.queries.item_filter import RUNNING, ItemFilter
from core.vocabulary import CONFIDENCES, STAGES, VALUE_BASES, Total


def _stages(shown: Shown) -> set[str]:
    return set(shown.wanted.effective().stages)


def _of(*stages: str) -> Callable[[Shown], bool]:
    """Show a column only if the list includes one of these stages."""
    return lambda shown: not _stages(shown).isdisjoint(stages)


def _is_lost(shown: Shown) -> bool:
    return all(STAGES[stage].total is Total.LOST for stage in _stages(shown))


def _rule(row: Row) -> str:
    sure = row["window_confidence"] or ""
    return CONFIDENCES.get(sure, sure) if row["window_rule"] else "No published deadline"


_STAGE = Column("stage", "Stage", file="text", sorts=True, registry=STAGES)


ITEMS = ListSpec(
    "items",
    noun="item",
    query=items.items,
    filter=ItemFilter,
    keys=items.ORDERS,
    orders={"soonest": "Deadline", "largest": "Amount", "newest": "Newest event"},
    columns=(
        Column(
            "days_left",
            "Expires in",
            "deadline",
            file="number",
            order="soonest",
            help="Until the claim window closes. Today is its last day.",
            where=_of(*RUNNING),
            may_be_empty=True,
        ),
        Column("amount", "Amount", "amount", file="amount", order="largest"),
        replace(_STAGE, where=lambda shown: len(_stages(shown)) > 1 and not _is_lost(shown)),
        replace(_STAGE, label="Lost because", where=lambda shown: len(_stages(shown)) > 1 and _is_lost(shown)),
        CURRENCY,
        replace(CATEGORY, kind="text", sorts=True),
        Column(
            "product", "Product", "wide", is_joined=True, may_be_empty=True, help="As the item's report rows name it."
        ),
        replace(SKU, sorts=True),
        ACCOUNT,
        replace(MARKETPLACE, sorts=True),
        replace(FNSKU, sorts=True),
        Column("asin", "ASIN", file="text", sorts=True, where=never),
        replace(ORDER_OR_SHIPMENT, sorts=True),
        replace(UNITS, sorts=True),
        Column("unit_value", "Unit value", "amount", file="amount", sorts=True),
        Column("value_basis", "Value from", file="text", sorts=True, registry=VALUE_BASES),
        Column("event_on", "Event", "date", file="date", sorts=True, order="newest"),
        Column(
            "case_id",
            "Case",
            file="text",
            sorts=True,
            where=lambda shown: not _stages(shown) <= set(RUNNING),
            may_be_empty=True,
        ),
        Column("opens_on", "Opens", "date", file="date", sorts=True, where=_of("future")),
        Column(
            "review_reason",
            "Why in review",
            "wide",
            file="text",
            sorts=True,
            where=_of("review"),
            may_be_empty=True,
        ),
        Column("deadline_on", "Deadline", "date", file="date", order="soonest", where=_of(*RUNNING), may_be_empty=True),
        Column(
            "window_confidence",
            "Rule",
            file="text",
            sorts=True,
            cell=_rule,
            reads=("window_confidence", "window_rule"),
            where=_of(*RUNNING),
        ),
        Column("window_rule", file="text", where=never),
        Column("item_id", file="text", where=never),
    ),
    leads=(Lead("item", help="What happened, the rule, the value and the report's own rows."),),
    alt="Items: the first column opens one",
    nothing=("No item fits these choices.", "Another category, deadline or search may."),
    join=items.with_products,
    file_name="items",
    file_order="account marketplace category stage days_left deadline_on opens_on amount currency units unit_value"
    " value_basis sku fnsku asin order_or_shipment event_on case_id review_reason window_rule window_confidence"
    " item_id",
)
