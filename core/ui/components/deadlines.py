"""How soon a deadline is: the seeds' *Expires in*, the buckets of the heat map, the weeks of the chart."""

from dataclasses import dataclass

from core.charts.expiring import WEEKS, week_label


@dataclass(frozen=True)
class Span:
    """Deadlines later than `after` and not later than `within`: PostgreSQL intervals from today, None for no bound."""

    after: str | None = None
    within: str | None = None


ANY = "Any"

WITHIN: dict[str, str | None] = {
    "7 days": "7 days",
    "14 days": "14 days",
    "30 days": "30 days",
    "45 days": "45 days",
    "2 months": "2 months",
    "3 months": "3 months",
    ANY: None,
}
"""The seeds' *Expires in*, each with its PostgreSQL interval."""

NEAR = "30 days"
"""What is meant by near where no deadline was chosen."""

_ENDS = {
    "Today": "0 days",
    "Tomorrow": "1 day",
    "2–7 days": "7 days",
    "8–14 days": "14 days",
    "15–30 days": "30 days",
    "31–45 days": "45 days",
    "To 2 months": "2 months",
    "To 3 months": "3 months",
}

BOUNDS: tuple[str, ...] = tuple(_ENDS.values())
"""Where each bucket ends."""

BUCKETS: dict[str, Span] = {
    label: Span(after, within) for label, after, within in zip(_ENDS, ("-1 day", *BOUNDS), BOUNDS, strict=False)
}
"""The buckets of the heat map: they do not overlap, and together are three months."""

WEEKLY: dict[str, Span] = {
    week_label(week): Span(f"{7 * week - 1} days", f"{7 * week + 6} days") for week in range(WEEKS)
}
"""The weeks of the chart of what expires, counted from today."""

ALL_WEEKS = f"{WEEKS} weeks"
"""All weeks of the chart."""

SPANS: dict[str, Span] = {
    **{label: Span(None, within) for label, within in WITHIN.items()},
    ALL_WEEKS: Span(None, f"{7 * WEEKS - 1} days"),
    **BUCKETS,
    **WEEKLY,
}
"""All that a list can be narrowed to, by the words for it."""
