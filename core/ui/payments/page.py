"""The list of payments: the reimbursement rows behind the recovered and reversed amounts and behind Claimed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from core.charts import MONTHS
from core.queries.payments import PaymentFilter
from core.text import searched
from core.ui import components
from core.ui.cache import answers, figures
from core.ui.components import chart_tables
from core.ui.components.choices import place_labels
from core.ui.lists import rows
from core.ui.overview import drill_down
from core.ui.shell import carried, links
from core.ui.shell.view import View
from core.ui.text.words import amount, currencies_in_order, month_label
from core.vocabulary import Channel

_KINDS = {links.RECOVERED: "Recovered", links.REVERSED: "Reversed"}
_SIGNS = {links.RECOVERED: 1, links.REVERSED: -1}


def show(view: View) -> None:
    """Show the filters, the chart of months, the sum of the rows, and the rows with pagination."""
    present = answers.payments_present(view.scope, view.as_of)
    if present.empty:
        components.nothing("No payments yet.", "A payment appears here as soon as a reimbursements report has one.")
        return
    wanted, order, about = _choices(present)
    if wanted.search:
        st.caption(":material/filter_alt_off: A search by an id ignores every other choice.")
    else:
        _months_chart(view, wanted, present)
    has_many_marketplaces = wanted.marketplace is None and present["marketplace"].nunique(dropna=False) > 1
    rows.show(view, "payments", rows.Asked(wanted, order, about, has_many_marketplaces), key="payments")


def _months_chart(view: View, wanted: PaymentFilter, present: pd.DataFrame) -> None:
    """Show the last twelve months in the selected or the first currency. A bar filters the list by its month."""
    currency = wanted.currency or currencies_in_order(present["currency"])[0]
    of_all = replace(wanted, month=None, sign=None, months=1, currency=currency)
    months = figures.payment_months(view.scope, view.as_of, of_all, currency)
    place = wanted.channel or wanted.marketplace or ""

    def of_month(part: links.Part) -> carried.Handed | None:
        query = drill_down.of_month(part, currency)
        return {**query, **({"payments_marketplace": place} if place else {})} if query else None

    components.chart(
        f"{amount(chart_tables.net(months), currency)} recovered, last {MONTHS} months (net)",
        figures.chart_of_payments(view.scope, view.as_of, of_all, currency),
        partial(chart_tables.months, months),
        key="payments_months",
        alt=f"Recovered and reversed by month, in {currency}",
        note="Select a bar to see its payments.",
        opens=links.goes_to("Payments", of_month),
    )


def _choices(present: pd.DataFrame) -> tuple[PaymentFilter, str, dict[str, str]]:
    """Show the fields; returns the filter, the sort order, and the labels of all fields by name."""
    newest_first = list(_months(present))
    months = {links.LAST_YEAR: newest_first[MONTHS - 1]} | {links.month_code(month): month for month in newest_first}
    options = {
        "Month": {"": "All months", links.LAST_YEAR: "Last 12 months"}
        | {links.month_code(month): month_label(month) for month in newest_first},
        "Kind": {"": "Paid and taken back"} | _KINDS,
        "Marketplace": {"": "All marketplaces"} | place_labels(present["marketplace"]),
        "Currency": {"": "All currencies"} | {each: each for each in sorted(set(present["currency"]))},
    }
    widths = {"Month": 160, "Marketplace": 230, "Currency": 150}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = {
            name: components.one_of(name, labels, key=f"payments_{name.lower()}", width=widths.get(name, 190))
            for name, labels in options.items()
        }
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
    place, month = chosen["Marketplace"], chosen["Month"]
    channel = place if place in set(Channel) else None
    wanted = PaymentFilter(
        channel,
        None if channel else place or None,
        chosen["Currency"] or None,
        months.get(month),
        _SIGNS.get(chosen["Kind"]),
        searched(search),
        MONTHS if month == links.LAST_YEAR else 1,
    )
    about = {name: options[name][code] for name, code in chosen.items()} | {"Search": wanted.search}
    return wanted, order, about


def _months(present: pd.DataFrame) -> Iterator[date]:
    """All months, newest first, back to the first payment, but at least twelve."""
    first, last = min(present["first_month"]), max(present["last_month"])
    newest = last.year * 12 + last.month - 1
    oldest = min(first.year * 12 + first.month - 1, newest - MONTHS + 1)
    for number in range(newest, oldest - 1, -1):
        yield date(number // 12, number % 12 + 1, 1)
