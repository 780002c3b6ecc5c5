"""The list of payments: the reimbursement rows behind what was recovered and reversed, and behind Claimed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from core.charts import MONTHS
from core.queries.payments import ORDERS, PaymentFilter, all_payments
from core.text import searched
from core.ui import components
from core.ui.cache import answers
from core.ui.components.downloads import downloads
from core.ui.shell import carried, links
from core.ui.shell.view import View
from core.ui.text.words import amount, count, month_label
from core.vocabulary import MARKETPLACES, Channel

_EVER, _ANYWHERE, _EVERY = "All months", "All marketplaces", "All currencies"
_SIGNS: dict[str, int | None] = {"Paid and taken back": None, links.RECOVERED: 1, links.REVERSED: -1}
_SORTS = {"Newest": "newest", "Largest": "largest"}


@dataclass(frozen=True)
class Chosen:
    """What was chosen: the filter, the order, and the choices in words."""

    wanted: PaymentFilter
    order: str
    about: Mapping[str, str]


def show(view: View) -> None:
    """Show the choices, what the rows add up to, and the rows, a page at a time."""
    present = answers.payments_present(view.scope, view.as_of)
    if present.empty:
        components.nothing(
            "Nothing was paid yet.", "A row appears here as soon as a report of reimbursements names one."
        )
        return
    chosen = _choices(present)
    asked = view.scope, view.as_of, chosen.wanted
    pager = components.Pager(
        "payments", (view.scope.account_ids, chosen.wanted, chosen.order), by_number=not view.has_many_accounts
    )
    sums = answers.payment_sums(*asked)
    rows = answers.payments(*asked, chosen.order, pager.position).assign(total_rows=int(sums["payments"].sum()))
    if chosen.wanted.search:
        st.caption(":material/filter_alt_off: A search by an id ignores every other choice.")
    if rows.empty:
        components.nothing("No payment fits these choices.", "Another month, marketplace or search may.")
        return
    st.markdown(sum_line(sums))
    currencies = list(sums["currency"])
    named = components.Named(
        view.has_many_accounts,
        chosen.wanted.marketplace is None and present["marketplace"].nunique(dropna=False) > 1,
        currencies[0] if len(currencies) == 1 else None,
    )
    picked = components.payment_table(rows, named, key="payments_list")
    if picked is not None:
        _open(view, rows.iloc[picked.row], picked.column)
    pager.show(rows, ORDERS[chosen.order], "payment")
    downloads(
        view,
        "payments",
        lambda account_ids: all_payments(account_ids, chosen.wanted, chosen.order),
        chosen.about,
        rows=int(rows["total_rows"].iloc[0]),
        key="payments",
    )


def sum_line(sums: pd.DataFrame) -> str:
    """What the rows add up to, in each currency (Markdown)."""
    lines = []
    for row in sums.to_dict("records"):
        net, paid, back = (amount(row[name], row["currency"]) for name in ("amount", "recovered", "reversed"))
        parted = f" · paid {paid} · taken back {back}" if row["reversed"] and row["recovered"] else ""
        lines.append(f"**{net}** · {count(int(row['payments']), 'payment')}{parted}")
    return "  \n".join(lines)


def _choices(present: pd.DataFrame) -> Chosen:
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
        sort = components.one_of("Sort by", list(_SORTS), key="payments_sort", width=130)
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
    return Chosen(wanted, _SORTS[sort], about)


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


def open_settled(view: View, row: "pd.Series[Any]") -> None:
    """Go to what a payment (its account, row and reimbursement) settled: its item, or the list of its items."""
    items = answers.payment_items(view.scope, view.as_of, row["account_id"], row["row_id"])
    if len(items) == 1:
        links.go("Item", links.to_item(view, row["account_id"], items[0]))
    if items:
        links.go("Items", {"account": view.names[row["account_id"]], "items_search": _reimbursement(row)})


def _reimbursement(row: "pd.Series[Any]") -> str:
    return str(row["reimbursement_id"] if "reimbursement_id" in row else row["document"])


def _open(view: View, row: "pd.Series[Any]", column: str) -> None:
    if column != components.CASE:
        open_settled(view, row)
    elif row["case_id"]:
        links.go("Case Tracker", {"account": view.names[row["account_id"]], "cases_id": row["case_id"]})
