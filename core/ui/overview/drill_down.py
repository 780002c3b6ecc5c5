"""Links from a part of an Overview chart, or a cell of its numbers, to the items or payments behind it.

A part is a mapping of code names to codes. A cell has its row's codes, and its column's label as `column`. The
functions return the list's query, None if the part has no list.
"""

from core.ui.components.deadlines import WEEKLY
from core.ui.items.holdings import HOLDINGS, RUNNING
from core.ui.shell import links
from core.vocabulary import CATEGORIES, MARKETPLACES, TOTALS, Total

Part = links.Part

_TOTALS = {TOTALS[total].label: total.value for total in Total}
_KINDS = {"Recovered": links.RECOVERED, "Reversed": links.REVERSED}


def of_week(part: Part, currency: str) -> links.Query | None:
    """Link from a stage's part of a week's bar."""
    week, stage = part.get("week"), part.get("stage")
    if week not in WEEKLY or stage not in RUNNING:
        return None
    return links.to_items(str(stage), currency=currency, expires=str(week))


def of_currency(part: Part) -> tuple[str, links.Query] | None:
    """Link from a cell of the table of currencies: the page and the query."""
    currency, column = str(part.get("currency")), part.get("column")
    if column in HOLDINGS:
        return "Items", links.to_items(str(column), currency=currency)
    if column == links.LAST_YEAR:
        return "Payments", links.to_payments(month=links.LAST_YEAR, currency=currency)
    return None


def of_category(part: Part, currency: str) -> links.Query | None:
    """Link from a total's part of a category's bar."""
    category, total = part.get("category"), _total(part)
    return links.to_items(total, currency=currency, category=category) if category in CATEGORIES and total else None


def of_reason(part: Part, currency: str) -> links.Query | None:
    """Link to the items lost for one reason."""
    stage = part.get("stage")
    return links.to_items(stage, currency=currency) if stage in HOLDINGS else None


def of_month(part: Part, currency: str) -> links.Query | None:
    """Link to a month's payments, or only the recovered or reversed ones."""
    month, kind = part.get("month"), part.get("kind", _KINDS.get(part.get("column", "")))
    return links.to_payments(month=month, kind=kind or "", currency=currency) if month else None


def of_marketplace(part: Part) -> links.Query | None:
    """Link from a total's part of a marketplace's bar, which has one currency."""
    place, total = part.get("marketplace"), _total(part)
    own = str(part.get("currency"))
    return links.to_items(total, currency=own, place=place) if place in MARKETPLACES and total else None


def _total(part: Part) -> str | None:
    total = part.get("total", _TOTALS.get(part.get("column", "")))
    return total if total in _TOTALS.values() else None
