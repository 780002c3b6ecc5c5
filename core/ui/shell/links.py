"""Links between pages: from a figure to its rows, from a row to its item. Each is a URL that can be shared."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

import streamlit as st

from core.ui.shell import carried
from core.ui.shell.navigation import PAGES
from core.ui.shell.view import View
from core.ui.text.words import marketplace as marketplace_label
from core.vocabulary import Channel

Query = Mapping[str, str]

Part = Mapping[str, Any]
"""A plotly selection point of a chart, or a cell of the chart's table (core/ui/overview/drill_down.py)."""

RECOVERED, REVERSED = "recovered", "reversed"
"""Kinds of payments, by sign."""

LAST_YEAR = "last_year"
"""The months of the Overview's chart; the last one is the newest with a payment."""

WITHOUT = "without"
"""Items without a known unit value."""

NONE = "none"
"""The currency code for rows without a currency."""

APPROVED = "approved"
"""Open cases that the marketplace approved."""

SEVERAL = "several"
"""The category code for cases with several categories."""


def file_of(title: str) -> str:
    """The file of the page with this title, for links."""
    return f"pages/{PAGES[title].file}.py"


def go(title: str, query: carried.Handed) -> NoReturn:
    """Switch to another page, or reopen this one with only these choices."""
    if address := carried.to_itself(title, query):
        st.switch_page(file_of(title), query_params=address)
    # query_params given to switch_page would first apply to this page, and the browser's back would lead there
    carried.hand_over(query)
    st.switch_page(file_of(title), query_params={})


def goes_to(title: str, way: Callable[[Part], carried.Handed | None]) -> Callable[[Part], None]:
    """A click handler for a chart that links to another page than Items."""

    def leave(part: Part) -> None:
        query = way(part)
        if query is not None:
            go(title, query)

    return leave


def place_label(place: str) -> str:
    """The label of a marketplace, or of all marketplaces of a channel."""
    return f"All {Channel(place).label} marketplaces" if place in set(Channel) else marketplace_label(place)


def to_item(view: View, account_id: int, item_id: str) -> Query:
    """The query parameters of the Item page."""
    return {"account": view.codes[account_id], "item": item_id}


def to_case(view: View, account_id: int, marketplace: str, case_id: str) -> Query:
    """The query parameters of the Case page."""
    return {"account": view.codes[account_id], "marketplace": marketplace, "case": case_id}


def to_how_to_claim(place: str = "") -> Query:
    """The query parameters of How to claim, with this marketplace preselected."""
    return {"claim_marketplace": place} if place else {}


def to_payments(*, month: date | str = "", kind: str = "", currency: str = "", place: str = "") -> Query:
    """The query parameters of the list of payments. `month` may be LAST_YEAR, `kind` is RECOVERED or REVERSED, `place`
    as in `to_items`.
    """
    of_month = month_code(month) if isinstance(month, date) else month
    return _query("payments", month=of_month, kind=kind, currency=currency, marketplace=place)


def month_code(month: date) -> str:
    """A month in the URL: `2026-11`."""
    return f"{month:%Y-%m}"


def to_cases(
    *,
    statuses: Sequence[str] = (),
    place: str | None = None,
    category: str | None = None,
    decided: tuple[date | None, date | None] = (None, None),
    **more: str,
) -> carried.Handed:
    """The query parameters of a list of cases.

    An empty category means cases with several; `place` is as in `to_items`. `more` are other choices of the Case
    Tracker by name (`age`, `source`, `claim`, `approval`, `currency`).
    """
    lists = {"cases_status": list(statuses), "cases_decided": [day.isoformat() for day in decided if day]}
    of_category = SEVERAL if category == "" else category or ""
    query = _query("cases", marketplace=place or "", category=of_category, **more)
    return {key: values for key, values in lists.items() if values} | query


def to_items(
    holding: str,
    *,
    currency: str = "",
    place: str = "",
    category: str = "",
    expires: str = "",
    value: str = "",
    waits_for: str = "",
) -> Query:
    """The query parameters of the list behind a figure.

    `holding` is one of `items.holdings.HOLDINGS`, `place` the code of a marketplace or of a channel, `expires` one of
    `components.deadlines.SPANS`, `value` may be WITHOUT, `waits_for` is a gap's code from `text.day_ranges.code`;
    empty arguments do not filter.
    """
    return _query(
        "items",
        holding=holding,
        currency=currency,
        marketplace=place,
        category=category,
        expires=expires,
        value=value,
        waits=waits_for,
    )


def _query(page: str, **choices: str) -> dict[str, str]:
    return {f"{page}_{name}": code for name, code in choices.items() if code}
