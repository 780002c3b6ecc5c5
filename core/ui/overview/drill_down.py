"""From a part of an Overview's chart, or a cell of its numbers, to the items or payments behind it.

A part comes as plotly names it: `x`, `y`, the number of its curve, its `legendgroup`. A cell comes as its row, by the
names of the columns, with its own column's name as `column`.
"""

from collections.abc import Sequence
from datetime import date

from core.ui.components.deadlines import WEEKLY
from core.ui.items.holdings import HOLDINGS, MAY_EXPIRE
from core.ui.shell import links
from core.ui.text.words import month_label
from core.vocabulary import CATEGORIES, MARKETPLACES, TOTALS, Total

Part = links.Part

_CATEGORIES = {entry.label: code for code, entry in CATEGORIES.items()}
_PLACES = {entry.label: code for code, entry in MARKETPLACES.items()}
_TOTALS = tuple(TOTALS[total].label for total in Total)


def of_week(part: Part, currency: str) -> links.Query | None:
    """A category's part of a week's bar; of several categories together, the whole week."""
    week = str(part.get("Week") or part.get("x"))
    category = _CATEGORIES.get(str(part.get("Category") or part.get("legendgroup")), "")
    return links.to_items(MAY_EXPIRE, currency=currency, category=category, expires=week) if week in WEEKLY else None


def of_category(part: Part, currency: str) -> links.Query | None:
    """A total's part of a category's bar."""
    category, total = _CATEGORIES.get(str(part.get("Category") or part.get("y"))), _total(part)
    return links.to_items(total, currency=currency, category=category) if category and total else None


def of_reason(part: Part, currency: str) -> links.Query | None:
    """What was lost for one reason."""
    reason = str(part.get("Reason") or part.get("y"))
    return links.to_items(reason, currency=currency) if reason in HOLDINGS else None


def of_month(part: Part, currency: str, months: Sequence[date]) -> links.Query | None:
    """What was paid, or taken back, in a month of the chart. Of a bar only its place among the months is known."""
    named = {month_label(month): month for month in months}
    kinds = (links.RECOVERED, links.REVERSED)
    number, curve = part.get("point_index"), part.get("curve_number")
    month, kind = named.get(str(part.get("Month"))), part.get("column")
    if isinstance(number, int) and 0 <= number < len(months):
        month, kind = months[number], kinds[curve] if curve in (0, 1) else None
    return links.to_payments(month=month, kind=kind if kind in kinds else "", currency=currency) if month else None


def of_marketplace(part: Part) -> links.Query | None:
    """A total's part of a marketplace's bar, whose label ends with its currency: `Amazon Germany (EUR)`."""
    label, _, currency = str(part.get("y") or "").removesuffix(")").rpartition(" (")
    place, total = _PLACES.get(str(part.get("Marketplace") or label)), _total(part)
    own = str(part.get("Currency") or currency)
    return links.to_items(total, currency=own, place=place) if place and total else None


def _total(part: Part) -> str | None:
    if part.get("column") in _TOTALS:
        return str(part["column"])
    curve = part.get("curve_number")
    return _TOTALS[curve] if isinstance(curve, int) and 0 <= curve < len(_TOTALS) else None
