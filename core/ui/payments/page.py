"""The list of payments: the reimbursement rows behind what was recovered and reversed, and behind Claimed."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import streamlit as st

from core.charts import MONTHS
from core.queries.payments import PaymentFilter
from core.text import searched
from core.ui import components
from core.ui.cache import answers
from core.ui.lists import rows
from core.ui.shell import carried, links
from core.ui.shell.view import View
from core.ui.text.words import month_label
from core.vocabulary import MARKETPLACES, Channel

_EVER, _ANYWHERE, _EVERY = "All months", "All marketplaces", "All currencies"
_SIGNS: dict[str, int | None] = {"Paid and taken back": None, links.RECOVERED: 1, links.REVERSED: -1}


def show(view: View) -> None:
    """Show the choices, what the rows add up to, and the rows, a page at a time."""
    present = answers.payments_present(view.scope, view.as_of)
    if present.empty:
        components.nothing(
            "Nothing was paid yet.", "A row appears here as soon as a report of reimbursements names one."
        )
        return
    wanted, order, about = _choices(present)
    if wanted.search:
        st.caption(":material/filter_alt_off: A search by an id ignores every other choice.")
    has_many_marketplaces = wanted.marketplace is None and present["marketplace"].nunique(dropna=False) > 1
    rows.show(view, "payments", rows.Asked(wanted, order, about, has_many_marketplaces), key="payments")


def _choices(present: pd.DataFrame) -> tuple[PaymentFilter, str, dict[str, str]]:
    """What was chosen: the filter, the order, and the choices in words."""
    newest_first = list(_months(present))
    months = {month_label(month): month for month in newest_first} | {links.LAST_YEAR: newest_first[MONTHS - 1]}
    places = {links.place_label(code): code for code in _places(present)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = _one_of("Month", [_EVER, links.LAST_YEAR, *map(month_label, newest_first)], "payments_month", 160)
        kind = _one_of("Kind", list(_SIGNS), "payments_kind", 190)
        place = _one_of("Marketplace", [_ANYWHERE, *places], "payments_marketplace", 230)
        currency = _one_of("Currency", [_EVERY, *sorted(set(present["currency"]))], "payments_currency", 150)
        search = st.text_input(
            "Search",
            key="payments_search",
            bind="query-params",
            type="search",
            placeholder="Reimbursement, case, order, SKU …",
            help="By what a reimbursement's id, a case, an order, a SKU or an FNSKU begins with.",
            width=280,
        )
        order = rows.order_choice("payments", key="payments", width=130)
    code = places.get(place)
    channel = code if code in set(Channel) else None
    wanted = PaymentFilter(
        channel,
        None if channel else code,
        None if currency == _EVERY else currency,
        months.get(month),
        _SIGNS[kind],
        searched(search),
        MONTHS if month == links.LAST_YEAR else 1,
    )
    about = {"Month": month, "Kind": kind, "Marketplace": place, "Currency": currency, "Search": wanted.search}
    return wanted, order, about


def _one_of(label: str, options: list[str], key: str, width: int) -> str:
    carried.forget_unless(key, options)
    return components.one_of(label, options, key=key, width=width)


def _months(present: pd.DataFrame) -> Iterator[date]:
    """Every month from the first payment, or a year before the newest, to the newest; the newest first."""
    first, last = min(present["first_month"]), max(present["last_month"])
    newest = last.year * 12 + last.month - 1
    oldest = min(first.year * 12 + first.month - 1, newest - MONTHS + 1)
    for number in range(newest, oldest - 1, -1):
        yield date(number // 12, number % 12 + 1, 1)


def _places(present: pd.DataFrame) -> list[str]:
    """The channels in which something was paid, then their marketplaces."""
    codes = [code for code in MARKETPLACES if code in set(present["marketplace"])]
    channels = [each.value for each in Channel if any(MARKETPLACES[code].channel is each for code in codes)]
    return [*channels, *codes]
