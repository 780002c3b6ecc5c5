"""The numbers behind the charts as readable tables: labels instead of codes, exact amounts."""

from datetime import UTC, datetime
from decimal import Decimal

import pandas as pd

from core.charts.expiring import WEEKS, week_code, week_label
from core.charts.months import last_months
from core.ui.text.words import currencies_in_order, marketplace, month_label
from core.vocabulary import CATEGORIES, MARKETPLACES, STAGES, TOTALS, Total


def expiring(rows: pd.DataFrame) -> pd.DataFrame:
    """Expiring money by week and stage, in one currency."""
    soon = rows[rows["week"] < WEEKS].sort_values(["week", "stage"])
    return _table(
        {
            "week": [week_code(week) for week in soon["week"]],
            "stage": soon["stage"],
            "Week": [week_label(week) for week in soon["week"]],
            "Stage": [STAGES[code].label for code in soon["stage"]],
            "Items": soon["items"],
            "Units": soon["units"],
            "Amount": soon["amount"],
        }
    )


def at_risk(rows: pd.DataFrame, *stages: str) -> Decimal:
    """The amount in these stages that expires within the chart's weeks, in one currency."""
    return sum(rows.loc[(rows["week"] < WEEKS) & rows["stage"].isin(stages), "amount"], Decimal(0))


def last_year(recovered: pd.DataFrame, currency: str) -> pd.DataFrame:
    """One currency's last twelve months, up to the latest month with a payment in any currency."""
    newest = recovered["month"].max() if len(recovered) else datetime.now(UTC).date()
    return last_months(recovered[recovered["currency"] == currency], newest)


def net(year: pd.DataFrame) -> Decimal:
    """Net amount of these months: recovered, less reversed."""
    return sum(year["recovered"] + year["reversed"], Decimal(0))


def months(rows: pd.DataFrame) -> pd.DataFrame:
    """Recovered, reversed and net amounts by month, in one currency, newest first."""
    newest = rows.iloc[::-1]
    return _table(
        {
            "month": [f"{month:%Y-%m}" for month in newest["month"]],
            "Month": [month_label(month) for month in newest["month"]],
            "Recovered": newest["recovered"],
            "Reversed": newest["reversed"],
            "Net": newest["recovered"] + newest["reversed"],
            "Payments": newest["payments"],
        }
    )


def by_category(amounts: pd.DataFrame) -> pd.DataFrame:
    """The three totals by category, in one currency."""
    present = set(amounts["category"])
    return pd.DataFrame(
        [
            {"category": code, "Category": CATEGORIES[code].label} | _totals(amounts[amounts["category"] == code])
            for code in CATEGORIES
            if code in present
        ],
        dtype=object,
    )


def by_marketplace(amounts: pd.DataFrame) -> pd.DataFrame:
    """The three totals by marketplace and currency. Rows without a currency have no amount, so they are left out."""
    rows: list[dict[str, object]] = []
    present = set(amounts["marketplace"])
    for code in (code for code in MARKETPLACES if code in present):
        there = amounts[amounts["marketplace"] == code]
        rows += [
            {
                "marketplace": code,
                "currency": currency,
                "Marketplace": marketplace(code),
                "Currency": currency,
                **_totals(there[there["currency"] == currency]),
            }
            for currency in filter(None, currencies_in_order(there["currency"]))
        ]
    return pd.DataFrame(rows, dtype=object)


def lost(amounts: pd.DataFrame) -> pd.DataFrame:
    """The stages of Lost, in one currency."""
    rows = []
    for stage in (stage for stage in STAGES.values() if stage.total is Total.LOST):
        own = amounts[amounts["stage"] == stage.code]
        rows.append(
            {
                "stage": stage.code,
                "Reason": stage.label,
                "Items": int(own["items"].sum()),
                "Units": int(own["units"].sum()),
                "Amount": sum(own["amount"], Decimal(0)),
            }
        )
    return pd.DataFrame(rows, dtype=object)


def _totals(rows: pd.DataFrame) -> dict[str, Decimal]:
    return {
        words.label: sum(rows.loc[rows["total"] == total.value, "amount"], Decimal(0))
        for total, words in TOTALS.items()
    }


def _table(columns: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame({name: list(values) for name, values in columns.items()}, dtype=object)  # type: ignore[call-overload]
