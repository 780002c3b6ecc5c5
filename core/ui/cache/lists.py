"""Cached lists, ready to be sent to the browser: their rows, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from core.queries import case_tracker
from core.queries import items as item_list
from core.queries.case_tracker import CaseFilter
from core.queries.item_filter import ItemFilter
from core.queries.paging import Position
from core.ui import components
from core.ui.cache import answers
from core.ui.cache.shared import shared
from core.ui.components.deadlines import BOUNDS, BUCKETS
from core.ui.shell.view import Scope
from core.ui.text.words import amount, count, number


@dataclass(frozen=True)
class Layout:
    """How a list is shown: under which key, whether its rows name their account and their marketplace, and which of its
    columns are left out.
    """

    key: str
    accounts: bool
    marketplaces: bool
    left_out: tuple[str, ...] = ()

    def named(self, currencies: Sequence[str]) -> components.Named:
        """What rows of these currencies must name."""
        return components.Named(self.accounts, self.marketplaces, currencies[0] if len(currencies) == 1 else None)


@dataclass(frozen=True)
class Listed:
    """One page of a list: what the whole list adds up to (Markdown), which columns could be left out of it, its rows as
    they are shown, what names each of them, and where in the list it is.
    """

    sums: str
    columns: tuple[str, ...]
    sheet: components.Sheet
    names: tuple[tuple[Any, ...], ...]
    page: components.Page


@shared
def items(
    scope: Scope, as_of: date | None, wanted: ItemFilter, order: str, position: Position, layout: Layout
) -> Listed | None:
    """A page of items, each named by its account and its id; None where there is none."""
    found = answers.categories(scope, as_of, wanted)
    rows = answers.items(scope, as_of, wanted, order, position).assign(total_rows=int(found["items"].sum()))
    if rows.empty:
        return None
    named = layout.named(sorted(set(found["currency"])))
    columns = components.item_columns(rows, wanted.alone().stages, named)
    shown = columns.drop(columns=list(layout.left_out))
    return Listed(
        _item_sums(found),
        tuple(map(str, columns.columns[1:])),
        components.item_sheet(shown, named.currency, key=layout.key),
        _names(rows, "account_id", "item_id"),
        components.Page.of(rows, item_list.ORDERS.get(order, ())),
    )


@shared
def cases(
    scope: Scope, as_of: date | None, wanted: CaseFilter, order: str, position: Position, layout: Layout
) -> Listed | None:
    """A page of cases, each named by its account, its marketplace and its id; None where there is none."""
    found = answers.case_statuses(scope, as_of, wanted)
    rows = answers.cases(scope, as_of, wanted, order, position).assign(total_rows=int(found["cases"].sum()))
    if rows.empty:
        return None
    return Listed(
        _case_sums(found),
        (),
        components.case_sheet(rows, layout.named(sorted(set(found["currency"]))), key=layout.key),
        _names(rows, "account_id", "marketplace", "case_id"),
        components.Page.of(rows, case_tracker.ORDERS.get(order, ())),
    )


@shared
def categories(
    scope: Scope, as_of: date | None, wanted: ItemFilter, currency: str | None
) -> components.Categories | None:
    """Items by category; None where there are none. `currency` is that of all; None where it differs."""
    rows = answers.categories(scope, as_of, wanted)
    return None if rows.empty else components.categories_of(rows, currency)


@shared
def heat(
    scope: Scope, as_of: date | None, currency: str, stages: tuple[str, ...], search: str
) -> components.Heat | None:
    """What runs out, by account and deadline; None where nothing does."""
    at_risk = answers.at_risk(scope, as_of, currency, stages, BOUNDS, search)
    return None if at_risk.empty else components.heat_of(at_risk, list(BUCKETS), currency)


def _names(rows: pd.DataFrame, *columns: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(zip(*(rows[column] for column in columns), strict=True))


def _item_sums(found: pd.DataFrame) -> str:
    """What a list adds up to, in each currency, and last without any (Markdown). `found` are the rows of
    `marketplace.categories`.
    """
    lines = []
    for currency, rows in sorted(found.groupby("currency"), key=lambda group: (not group[0], group[0])):
        money = [f"**{amount(sum(rows['amount'], Decimal(0)), str(currency))}**"] if currency else []
        unvalued = int(rows["items_without_value"].sum())
        told = [*money, count(int(rows["items"].sum()), "item"), count(int(rows["units"].sum()), "unit")]
        lines.append(" · ".join(told) + (f", {number(unvalued)} without a value" if unvalued else ""))
    return "  \n".join(lines)


def _case_sums(found: pd.DataFrame) -> str:
    """What the list adds up to, in each currency (Markdown). `found` are the rows of `case_tracker.by_status`."""
    lines = []
    for currency, rows in found.groupby("currency", sort=True):
        claimed, recovered = (amount(sum(rows[name], Decimal(0)), str(currency)) for name in ("claimed", "recovered"))
        told = count(int(rows["cases"].sum()), "case")
        unstated = int(rows["without_claim"].sum())
        of = f" ({number(unstated)} do not say how much)" if unstated else ""
        lines.append(f"{told} · claimed **{claimed}**{of} · recovered **{recovered}**")
    return "  \n".join(lines)
