"""Deadline ranges: the seeds' *Expires in* options, the heat map's buckets, the chart's weeks."""

from dataclasses import dataclass

from core.charts.expiring import WEEKS, week_code, week_label


@dataclass(frozen=True)
class Span:
    """Deadlines after `after`, up to and including `within`: PostgreSQL intervals from today, None for no bound.
    `when` is the wording for a title: `expires within 7 days`.
    """

    label: str
    when: str
    after: str | None = None
    within: str | None = None


ANY = "any"
NEAR = "30d"
"""The default for *near* if no deadline is selected."""

_INTERVALS = {
    "7d": "7 days",
    "14d": "14 days",
    NEAR: "30 days",
    "45d": "45 days",
    "2m": "2 months",
    "3m": "3 months",
}
MOST = "3m"
"""How far the heat map looks ahead."""

WITHIN: dict[str, Span] = {
    code: Span(each, f"expires within {each}", None, each) for code, each in _INTERVALS.items()
} | {ANY: Span("Any", "")}
"""The seeds' *Expires in* options by their codes in URLs."""

_ENDS = {
    "today": ("Today", "expires today", "0 days"),
    "tomorrow": ("Tomorrow", "expires tomorrow", "1 day"),
    "2-7d": ("2–7 days", "expires in 2–7 days", "7 days"),
    "8-14d": ("8–14 days", "expires in 8–14 days", "14 days"),
    "15-30d": ("15–30 days", "expires in 15–30 days", "30 days"),
    "31-45d": ("31–45 days", "expires in 31–45 days", "45 days"),
    "46d-2m": ("To 2 months", "expires in 46 days to 2 months", "2 months"),
    "2-3m": ("To 3 months", "expires in 2 to 3 months", "3 months"),
}

BOUNDS: tuple[str, ...] = tuple(end for *_, end in _ENDS.values())
"""The end of each bucket."""

BUCKETS: dict[str, Span] = {
    code: Span(label, when, after, within)
    for (code, (label, when, within)), after in zip(_ENDS.items(), ("-1 day", *BOUNDS), strict=False)
}
"""The heat map's buckets: they don't overlap, and together cover three months."""

WEEKLY: dict[str, Span] = {
    week_code(week): Span(
        week_label(week),
        "expires this week" if week == 0 else f"expires in week {week + 1} from today",
        f"{7 * week - 1} days",
        f"{7 * week + 6} days",
    )
    for week in range(WEEKS)
}
"""The weeks of the expiry chart, counted from today."""

ALL_WEEKS = f"{WEEKS}w"
"""All weeks of the chart."""

SPANS: dict[str, Span] = {
    **WITHIN,
    ALL_WEEKS: Span(f"{WEEKS} weeks", f"expires within {WEEKS} weeks", None, f"{7 * WEEKS - 1} days"),
    **BUCKETS,
    **WEEKLY,
}
"""All deadline ranges that a list can be filtered by, by their codes."""


def labels_of(*codes: str) -> dict[str, str]:
    """Labels of these spans by code."""
    return {code: SPANS[code].label for code in codes}
