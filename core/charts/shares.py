"""Charts of money in the three totals, by category and by marketplace, and of lost money by reason.

They are narrow, so the page explains the three colours above them instead of in a legend.
"""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from core import money
from core.charts.layout import HALVES, money_axis, quiet, share_axis
from core.charts.palette import TOTAL_COLOURS
from core.form import percent
from core.vocabulary import CATEGORIES, MARKETPLACES, STAGES, TOTALS, Total

_ROW = 34
_HEAD = 60
_WIDTH = 22
"""Maximum characters per line of a marketplace's label."""


def by_category(amounts: pd.DataFrame, currency: str) -> go.Figure:
    """One bar per category, in registry order. Expects one currency's rows with `category`, `total`, `amount`."""
    present = set(amounts["category"])
    categories = [code for code in CATEGORIES if code in present]
    figure = go.Figure()
    for total in Total:
        values = _sums(amounts, "category", categories, total)
        figure.add_bar(
            name=TOTALS[total].label,
            orientation="h",
            y=[CATEGORIES[code].label for code in categories],
            x=[float(value) for value in values],
            marker={"color": TOTAL_COLOURS[total]},
            customdata=[
                (code, total.value, money.formatted(value, currency))
                for code, value in zip(categories, values, strict=True)
            ],
            hovertemplate=f"%{{y}}<br>{TOTALS[total].label}: <b>%{{customdata[2]}}</b><extra></extra>",
        )
    figure.update_yaxes(autorange="reversed")
    money_axis(figure, "x", currency)
    return _quiet(figure, categories, "category", "total")


def by_marketplace(amounts: pd.DataFrame) -> go.Figure:
    """One bar per marketplace, in shares of the amount detected there, so that currencies are not compared. A
    marketplace without an amount has no bar.
    """
    valued = amounts[amounts["amount"] != 0]
    pairs = sorted(
        {(str(code), str(currency)) for code, currency in zip(valued["marketplace"], valued["currency"], strict=True)},
        key=lambda pair: (list(MARKETPLACES).index(pair[0]), pair[1]),
    )
    labels = [_place(*pair) for pair in pairs]
    figure = go.Figure()
    for total in Total:
        shares, texts = [], []
        for marketplace, currency in pairs:
            rows = amounts[(amounts["marketplace"] == marketplace) & (amounts["currency"] == currency)]
            amount = _sum(rows[rows["total"] == total.value])
            whole = _sum(rows)
            shares.append(float(amount / whole) if whole > 0 else 0.0)
            told = (money.formatted(amount, currency), percent(shares[-1]))
            texts.append((marketplace, currency, total.value, *told))
        figure.add_bar(
            name=TOTALS[total].label,
            orientation="h",
            y=labels,
            x=shares,
            marker={"color": TOTAL_COLOURS[total]},
            customdata=texts,
            hovertemplate=f"%{{y}}<br>{TOTALS[total].label}: <b>%{{customdata[3]}}</b> (%{{customdata[4]}})"
            "<extra></extra>",
        )
    broken = ["<br>".join(wrap(label, _WIDTH)) for label in labels]
    figure.update_yaxes(autorange="reversed", tickmode="array", tickvals=labels, ticktext=broken)
    share_axis(figure, "x", most=1.08, ticks=HALVES)
    return _quiet(figure, pairs, "marketplace", "currency", "total")


def lost_by_reason(amounts: pd.DataFrame, currency: str) -> go.Figure:
    """One bar per reason. Expects one currency's rows with `stage` and `amount`."""
    stages = [stage for stage in STAGES.values() if stage.total is Total.LOST]
    values = [_sum(amounts[amounts["stage"] == stage.code]) for stage in stages]
    texts = [money.formatted(value, currency) for value in values]
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        y=[stage.label for stage in stages],
        x=[float(value) for value in values],
        marker={"color": TOTAL_COLOURS[Total.LOST]},
        customdata=[(stage.code,) for stage in stages],
        text=texts,
        textposition="auto",
        hovertemplate="%{y}: <b>%{text}</b><extra></extra>",
    )
    figure.update_yaxes(autorange="reversed")
    money_axis(figure, "x", currency)
    return _quiet(figure, stages, "stage")


def _place(marketplace: str, currency: str) -> str:
    return f"{MARKETPLACES[marketplace].label} ({currency})"


def _sums(amounts: pd.DataFrame, column: str, codes: Sequence[str], total: Total) -> list[Decimal]:
    rows = amounts[amounts["total"] == total.value]
    return [_sum(rows[rows[column] == code]) for code in codes]


def _sum(rows: pd.DataFrame) -> Decimal:
    return sum(rows["amount"], Decimal(0))


def _quiet(figure: go.Figure, bars: Sequence[object], *codes: str) -> go.Figure:
    height = _HEAD + _ROW * max(2, len(bars))
    return quiet(figure, height=height, barmode="relative", bargap=0.35, showlegend=False, codes=codes)
