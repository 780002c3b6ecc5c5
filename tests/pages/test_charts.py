"""The figures say what the frames say, in colours that hold."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from core import charts
from core.charts.months import last_months
from core.charts.palette import ALL_OTHERS, SERIES, STATUS_COLOURS, TOTAL_COLOURS, ink_on
from core.vocabulary import STAGES

GROUNDS = ("#FBFCFD", "#10171F")
"""The pages' backgrounds in .streamlit/config.toml, light and dark."""


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_colour_is_seen_on_both_grounds(ground: str) -> None:
    for colour in {*TOTAL_COLOURS.values(), *STATUS_COLOURS.values(), *SERIES, ALL_OTHERS}:
        assert contrast(colour, ground) >= 3, colour


def test_money_that_expires_is_stacked_by_stage_with_what_is_ready_first() -> None:
    rows = pd.DataFrame(
        [
            {"stage": "review", "week": 1, "amount": Decimal(3)},
            {"stage": "ready", "week": 1, "amount": Decimal(9)},
            {"stage": "ready", "week": 13, "amount": Decimal(999)},
        ],
        dtype=object,
    )
    figure = charts.money_that_expires(rows, "USD")
    assert [bar.name for bar in figure.data] == [STAGES["ready"].label, STAGES["review"].label]
    assert [sum(bar.y) for bar in figure.data] == [9, 3]
    assert figure.data[0].customdata[1] == ["week_1", "ready", "$9.00"]


def test_a_month_without_payments_is_there_with_nothing() -> None:
    rows = pd.DataFrame(
        [{"month": date(2026, 3, 1), "recovered": Decimal("5.50"), "reversed": Decimal("-1.00"), "payments": 2}],
        dtype=object,
    )
    year = last_months(rows, date(2026, 4, 30))
    assert [str(month) for month in (year["month"].iloc[0], year["month"].iloc[-1])] == ["2025-05-01", "2026-04-01"]
    assert list(year["recovered"]) == [Decimal(0)] * 10 + [Decimal("5.50"), Decimal(0)]
    figure = charts.recovered_by_month(year, "EUR")
    assert [sum(bar.y) for bar in figure.data] == [5.5, -1.0]


def test_marketplaces_are_shares_so_that_currencies_are_not_added() -> None:
    rows = pd.DataFrame(
        [
            {"marketplace": "AMAZON_US", "currency": "USD", "total": "claimed", "amount": Decimal(30)},
            {"marketplace": "AMAZON_US", "currency": "USD", "total": "lost", "amount": Decimal(10)},
            {"marketplace": "AMAZON_JP", "currency": "JPY", "total": "claimed", "amount": Decimal(5000)},
        ],
        dtype=object,
    )
    figure = charts.by_marketplace(rows)
    assert [list(bar.x) for bar in figure.data] == [[0, 0], [0.75, 1], [0.25, 0]]
    assert [each[3:] for each in figure.data[1].customdata] == [["$30.00", "75%"], ["¥5,000", "100%"]]


def test_the_words_on_a_bar_are_read() -> None:
    for colour in STATUS_COLOURS.values():
        assert contrast(ink_on(colour), colour) >= 4.5, colour


def test_an_axis_without_an_amount_says_so_instead_of_drawing_millions() -> None:
    figure = charts.money_that_expires(expiring(Decimal(0)), "USD")
    assert [note.text for note in figure.layout.annotations] == ["No amount to draw"]
    assert figure.layout.yaxis.showticklabels is False

    few = charts.money_that_expires(expiring(Decimal("0.80")), "USD")
    assert not few.layout.annotations
    assert few.layout.yaxis.tickformatstops[0].value == ",.2f"


def expiring(amount: Decimal) -> pd.DataFrame:
    return pd.DataFrame([{"stage": "ready", "week": 1, "amount": amount}], dtype=object)


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
