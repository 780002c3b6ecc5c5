"""Unclaimed, Claimed, Lost: one row of tiles a currency."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from core.ui.components import chart_tables, sums
from core.ui.components.list_link import list_link
from core.ui.shell import links
from core.ui.text.words import amount, count, month_label
from core.vocabulary import STAGES, TOTALS, Total

COLOURS = {Total.UNCLAIMED: "orange", Total.CLAIMED: "blue", Total.LOST: "red"}
"""The names that the theme gives to the colours of the three totals."""

ICONS = {Total.UNCLAIMED: "hourglass_top", Total.CLAIMED: "task_alt", Total.LOST: "money_off"}
"""A sign beside each colour, which never stands alone."""


KEY = " · ".join(f":{COLOURS[total]}[:material/{ICONS[total]}: {TOTALS[total].label}]" for total in Total)
"""The words for the three colours, as they stand above a chart."""


def money_tiles(amounts: pd.DataFrame, currency: str, months: pd.DataFrame) -> None:
    """Show one currency's three totals, what they are made of, and the way to their lists.

    `amounts` are the currency's rows of `overview.amounts`, `months` those of its last twelve months.
    """
    for column, total in zip(st.columns(3), Total, strict=True):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            if total is Total.CLAIMED:
                _figure(amounts, currency, total, months)
                _of_months(months, currency)
            else:
                _figure(amounts, currency, total)
                _stages(amounts, currency, total)
            st.space("stretch")
            _way(amounts, currency, total)


def _figure(amounts: pd.DataFrame, currency: str, total: Total, months: pd.DataFrame | None = None) -> None:
    bars, newest = None, None
    if months is not None:
        net = months["recovered"] + months["reversed"]
        bars = [float(value) for value in net]
        newest = f"{amount(net.iloc[-1], currency)} in {month_label(months['month'].iloc[-1])}"
    st.metric(
        f":{COLOURS[total]}[:material/{ICONS[total]}: **{TOTALS[total].label}**] {currency}",
        amount(sums.of_total(amounts, total), currency),
        help=TOTALS[total].meaning,
        delta=newest,
        delta_arrow="off",
        delta_color="blue",
        chart_data=bars,
        chart_type="bar",
    )


def _stages(amounts: pd.DataFrame, currency: str, total: Total) -> None:
    """A line a stage, each of which leads to its list."""
    for stage in (stage for stage in STAGES.values() if stage.total is total):
        found = sums.of_stages(amounts, stage.code)
        told = f"{stage.label} **{amount(found.amount, currency)}** · {count(found.items, 'item')}"
        unvalued = f" {count(found.without_value, 'item')} without a value." if found.without_value else ""
        list_link(told, links.to_items(stage.code, currency=currency), f"{stage.meaning}{unvalued}")


def _of_months(months: pd.DataFrame, currency: str) -> None:
    """What came back and what was taken back in the last months, each of which leads to its payments."""
    payments = count(int(months["payments"].sum()), "row")
    figures = {
        "": f"{len(months)} months **{amount(chart_tables.net(months), currency)}** · {payments}",
        links.RECOVERED: f"Recovered **{amount(sum(months['recovered'], Decimal(0)), currency)}**",
        links.REVERSED: f"Reversed **{amount(sum(months['reversed'], Decimal(0)), currency)}**",
    }
    for kind, told in figures.items():
        query = links.to_payments(month=links.LAST_YEAR, kind=kind, currency=currency)
        list_link(told, query, "" if kind else "Up to the newest month with a payment.", title="Payments")


def _way(amounts: pd.DataFrame, currency: str, total: Total) -> None:
    items = int(amounts.loc[amounts["total"] == total.value, "items"].sum())
    list_link(f"All {TOTALS[total].label}: {count(items, 'row')}", links.to_items(total.value, currency=currency))
