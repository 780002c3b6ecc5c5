"""Cached list pages, ready to send to the browser."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.lists import LISTS, Shown
from core.queries.expiring import MOST_ACCOUNTS
from core.queries.item_filter import ItemFilter
from core.queries.paging import Position
from core.ui import components
from core.ui.cache import answers
from core.ui.cache.shared import shared
from core.ui.cache.sums import SUMS, Sums
from core.ui.components.deadlines import BOUNDS, BUCKETS
from core.ui.shell.view import Scope


@dataclass(frozen=True)
class Layout:
    """Whether a list shows the account and marketplace columns, and the codes of hidden columns."""

    accounts: bool
    marketplaces: bool
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """One page of a list: the rows to show, the whole list's sums (Markdown) in the title (`heading`) and below it,
    the currency if all amounts share one, and the page's place in the list.
    """

    listing: components.Listing
    heading: str
    sums: str
    currency: str | None
    page: components.Page


@shared
def page(
    scope: Scope, as_of: date | None, code: str, wanted: Any, order: str, position: Position, layout: Layout
) -> Listed | None:
    """One page of a list; None if it has no rows."""
    spec = LISTS[code]
    rows = answers.rows_of(scope, as_of, code, wanted, order, position)
    if rows.empty:
        return None
    sums = SUMS[code](scope, as_of, wanted) if code in SUMS else Sums(int(rows["total_rows"].iloc[0]))
    currency = sums.currencies[0] if len(sums.currencies) == 1 else None
    shown = Shown(wanted, layout.accounts, layout.marketplaces, currency)
    last = tuple(rows[name].iloc[-1] for name in spec.keys.get(order, ()))
    return Listed(
        components.listing_of(spec, rows, shown, layout.left_out),
        sums.heading,
        sums.words,
        currency,
        components.Page(sums.rows, len(rows), last),
    )


@shared
def categories(
    scope: Scope, as_of: date | None, wanted: ItemFilter, currency: str | None
) -> components.Categories | None:
    """Items by category; None if there are none. `currency` is set if all items share it."""
    rows = answers.categories(scope, as_of, wanted)
    return None if rows.empty else components.categories_of(rows, currency)


@shared
def heat(
    scope: Scope, as_of: date | None, currencies: tuple[str, ...], stages: tuple[str, ...], search: str, page: int
) -> components.Heat | None:
    """One page of expiring money by account, currency and deadline; None if there is none."""
    most = page * MOST_ACCOUNTS
    found = {each: answers.at_risk(scope, as_of, each, stages, BOUNDS, search, most) for each in currencies}
    at_risk = {currency: rows for currency, rows in found.items() if len(rows)}
    return components.heat_of(at_risk, list(BUCKETS), page) if at_risk else None
