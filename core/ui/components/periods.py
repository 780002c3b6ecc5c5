"""Date range field: any time, a month, the last twelve months, or between two days. Its value is in the URL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from core.ui.components.choices import one_of
from core.ui.text.words import month_label

Days = tuple[date | None, date | None]
"""First and last day, both inclusive; None: no bound."""

MONTHS = 12
LAST_YEAR = "last_12_months"
"""The code of the last twelve months."""
_THIS_MONTH, _LAST_MONTH, _BETWEEN = "this_month", "last_month", "between"
_ANY: Days = (None, None)


def period_choice(label: str, *, key: str, as_of: date | None, width: int = 175, told: str | None = None) -> Days:
    """Show the field and return its range. The select box has the key `{key}_in`, the dates of *Between* have `key`."""
    today = as_of or datetime.now(UTC).date()
    labels = {
        _THIS_MONTH: "This month",
        _LAST_MONTH: "Last month",
        LAST_YEAR: f"Last {MONTHS} months",
        **{f"{first:%Y-%m}": month_label(first) for first in _months_before(today, MONTHS)},
        _BETWEEN: "Between two days",
    }
    field = f"{key}_in"
    if key in st.query_params and field not in st.query_params and field not in st.session_state:
        st.session_state[field] = _BETWEEN  # the URL has dates
    chosen = one_of(label, labels, key=field, width=width, any_of="Any time")
    if chosen == _BETWEEN:
        days = st.date_input(
            f"{label} between", value=[], key=key, bind="query-params", format="YYYY-MM-DD", width=270, help=told
        )
        return dates_of(days)
    return days_of(chosen, today)


def days_of(chosen: str, today: date) -> Days:
    """The range of an option, by its code."""
    if chosen in ("", _BETWEEN):
        return _ANY
    this_month = today.replace(day=1)
    if chosen == _THIS_MONTH:
        return this_month, today
    if chosen == LAST_YEAR:
        return list(_months_before(today, MONTHS))[-1], today
    first = _month_before(this_month) if chosen == _LAST_MONTH else date.fromisoformat(f"{chosen}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def dates_of(days: object) -> Days:
    """The range of a date field's value, unbounded if it is empty. A single day is a one-day range: the URL has each
    day once, and while a user picks a range the field has only its first day.
    """
    found = [day for day in days if isinstance(day, date)] if isinstance(days, tuple) else []
    return (found[0], found[-1]) if found else _ANY


def in_words(days: Days) -> str:
    """The range as text for a file; empty for any time."""
    return "" if days == _ANY else f"{days[0] or ''} to {days[1] or ''}".strip()


def _months_before(today: date, number: int) -> Iterator[date]:
    """The first days of this number of months before the current one, newest first."""
    month = today.replace(day=1)
    for _ in range(number):
        month = _month_before(month)
        yield month


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
