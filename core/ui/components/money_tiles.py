"""Unclaimed, Claimed, Lost: tiles for one currency, a table with a row per currency for several."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from core import money
from core.charts.palette import TOTAL_COLOURS
from core.ui.components import chart_tables, sums
from core.ui.components.list_link import list_link
from core.ui.components.table import Sheet, sheet_of
from core.ui.shell import links
from core.ui.text.words import amount, count
from core.vocabulary import STAGES, TOTALS, Total

COLOURS = {Total.UNCLAIMED: "orange", Total.CLAIMED: "blue", Total.LOST: "red"}
"""The theme's colour names of the three totals."""

ICONS = {Total.UNCLAIMED: "hourglass_top", Total.CLAIMED: "task_alt", Total.LOST: "money_off"}
"""The icon of each total; a colour is never the only sign."""


KEY = " · ".join(f":{COLOURS[total]}[:material/{ICONS[total]}: {TOTALS[total].label}]" for total in Total)
"""The legend of the three colours above a chart."""

_OF_STAGES = {
    total: tuple(code for code, stage in STAGES.items() if stage.total is total)
    for total in (Total.UNCLAIMED, Total.LOST)
}
_SHORT = {"ready": "Ready", "future": "Future"}
"""Short labels of stages whose own labels don't fit the header of a narrow column."""


def money_tiles(amounts: pd.DataFrame, currency: str, recovered: pd.DataFrame) -> None:
    """Show one currency's three totals with their parts and links to their lists.

    `amounts` are the currency's rows of `overview.amounts`, `recovered` all rows of `overview.recovered`.
    """
    own = recovered[recovered["currency"] == currency]
    for column, total in zip(st.columns(3), Total, strict=True):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            whole = sums.of_total(amounts, total)
            of_all_time = ", all time" if total is Total.CLAIMED else ""
            st.metric(
                f":{COLOURS[total]}[:material/{ICONS[total]}: **{TOTALS[total].label}**] {currency}{of_all_time}",
                amount(whole, currency),
                help=TOTALS[total].meaning,
            )
            if total is Total.CLAIMED:
                _payments(own, chart_tables.last_year(recovered, currency), currency)
            else:
                _stages(amounts, currency, total, whole)
            st.space("stretch")
            items = int(amounts.loc[amounts["total"] == total.value, "items"].sum())
            list_link(
                f"All {TOTALS[total].label}: {count(items, 'item')}", links.to_items(total.value, currency=currency)
            )


def _stages(amounts: pd.DataFrame, currency: str, total: Total, whole: Decimal) -> None:
    """One line per stage: a link to its list, and its share of the total as a bar."""
    for code in _OF_STAGES[total]:
        stage, found = STAGES[code], sums.of_stages(amounts, code)
        unvalued = f" {count(found.without_value, 'item')} with no value yet." if found.without_value else ""
        list_link(
            f"{stage.label} **{amount(found.amount, currency)}** · {count(found.items, 'item')}",
            links.to_items(code, currency=currency),
            f"{stage.meaning}{unvalued}",
        )
        _bar(found.amount, whole, total)


def _payments(own: pd.DataFrame, year: pd.DataFrame, currency: str) -> None:
    """Recovered and reversed amounts of all time, and the net of the last twelve months; each links to its payments."""
    paid, back = sum(own["recovered"], Decimal(0)), sum(own["reversed"], Decimal(0))
    lines = (
        (f"Recovered **{amount(paid, currency)}**", paid, links.to_payments(kind=links.RECOVERED, currency=currency)),
        (f"Reversed **{amount(back, currency)}**", back, links.to_payments(kind=links.REVERSED, currency=currency)),
        (
            f"Last {len(year)} months **{amount(chart_tables.net(year), currency)}** net",
            chart_tables.net(year),
            links.to_payments(month=links.LAST_YEAR, currency=currency),
        ),
    )
    for told, value, query in lines:
        list_link(told, query, title="Payments")
        _bar(value, paid, Total.CLAIMED)


def _bar(part: Decimal, whole: Decimal, total: Total) -> None:
    """A bar of a part's share. Hidden from screen readers: the text above has the same figure."""
    share = min(100.0, 100 * float(abs(part) / whole)) if whole > 0 else 0.0
    st.html(
        '<div aria-hidden="true" style="height:5px;border-radius:3px;background:rgba(125,140,155,0.22);margin:0 0 2px">'
        f'<div style="width:{share:.1f}%;height:5px;border-radius:3px;background:{TOTAL_COLOURS[total]}"></div></div>'
    )


def money_table(amounts: pd.DataFrame, recovered: pd.DataFrame) -> Sheet:
    """One row per currency: the three totals with their stages. Column names are codes: keys of HOLDINGS, and
    LAST_YEAR.
    """
    rows = []
    for currency in sums.currencies(amounts):
        own = amounts[amounts["currency"] == currency]
        net = chart_tables.net(chart_tables.last_year(recovered, currency))
        cells: dict[str, object] = {"currency": currency}
        for total in Total:
            cells[total.value] = money.formatted(sums.of_total(own, total), currency)
            if total is Total.CLAIMED:
                cells[links.LAST_YEAR] = money.formatted(net, currency)
            for code in _OF_STAGES.get(total, ()):
                cells[code] = money.formatted(sums.of_stages(own, code).amount, currency)
        rows.append(cells)
    heads = {
        "currency": st.column_config.TextColumn("Currency", pinned=True, width=75),
        links.LAST_YEAR: _amounts("Last 12 months", "Net of what was taken back."),
        **{total.value: _amounts(words.label, words.meaning) for total, words in TOTALS.items()},
        **{code: _amounts(_SHORT.get(code, STAGES[code].label), STAGES[code].meaning) for code in _codes()},
    }
    return sheet_of(pd.DataFrame(rows, dtype=object), heads)


def _codes() -> list[str]:
    return [code for codes in _OF_STAGES.values() for code in codes]


def _amounts(label: str, meaning: str) -> object:
    return st.column_config.TextColumn(label, help=meaning, alignment="right")
