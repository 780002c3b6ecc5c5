"""Sums for the tiles, over rows of `overview.amounts` or `marketplace.sums`. Currencies are never added together."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from core import money
from core.ui.text.words import currencies_in_order
from core.vocabulary import Total


@dataclass(frozen=True)
class Sum:
    """Totals of a set of rows; `without_value` counts the items whose units have no value yet."""

    items: int
    units: int
    amount: Decimal
    without_value: int


def currencies(amounts: pd.DataFrame) -> list[str]:
    """The currencies of the amounts. Items of an unknown marketplace may have no currency; they have no amount then."""
    return list(filter(None, currencies_in_order(amounts["currency"]))) if len(amounts) else []


def main_currency(amounts: pd.DataFrame) -> str:
    """The currency with the most money. One yen counts as 0.01, which is close enough to pick one."""
    weights = {
        currency: abs(of_amounts(amounts[amounts["currency"] == currency])).scaleb(money.minor_digits(currency) - 2)
        for currency in currencies(amounts)
    }
    return max(weights, key=lambda currency: weights[currency], default="")


def of_amounts(rows: pd.DataFrame) -> Decimal:
    """The total amount of the rows, which must share one currency."""
    return sum(rows["amount"], Decimal(0))


def of_stages(amounts: pd.DataFrame, *stages: str) -> Sum:
    """The sum over the rows in these stages; the rows must share one currency."""
    rows = amounts[amounts["stage"].isin(stages)]
    return Sum(
        int(rows["items"].sum()),
        int(rows["units"].sum()),
        sum(rows["amount"], Decimal(0)),
        int(rows["items_without_value"].sum()),
    )


def of_total(amounts: pd.DataFrame, total: Total) -> Decimal:
    """The amount of one of the three totals; the rows must share one currency."""
    return sum(amounts.loc[amounts["total"] == total.value, "amount"], Decimal(0))


def within(found: pd.DataFrame) -> pd.DataFrame:
    """Rows of `marketplace.sums`, with their figures limited to what expires within the query's deadline."""
    return found.assign(
        items=found["items_within"],
        units=found["units_within"],
        amount=found["amount_within"],
        items_without_value=found["items_within_without_value"],
    )
