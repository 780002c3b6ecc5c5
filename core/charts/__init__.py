"""Plotly figures from DataFrames. Nothing here knows Streamlit, and amounts become floats only here."""

from core.charts.expiring import money_that_expires
from core.charts.heat import warmth
from core.charts.intervals import interval_bar
from core.charts.months import MONTHS, recovered_by_month
from core.charts.outcomes import SOURCES, ageing, denied_by_month, sources, still_open
from core.charts.shares import by_category, by_marketplace, lost_by_reason

__all__ = [
    "MONTHS",
    "SOURCES",
    "ageing",
    "by_category",
    "by_marketplace",
    "denied_by_month",
    "interval_bar",
    "lost_by_reason",
    "money_that_expires",
    "recovered_by_month",
    "sources",
    "still_open",
    "warmth",
]
