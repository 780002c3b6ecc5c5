"""Claim windows: the first and the last day on which a marketplace accepts a claim.

The rules are data, in `windows.toml` beside this file, each with its source and confidence; the code only reads them.
Deadlines are calendar dates in the marketplace's own time zone, and inclusive.
"""

from datetime import date
from functools import cache
from pathlib import Path

from core.claim_windows.rule_file import parse
from core.claim_windows.window import APPEAL, CLOCKS, OTHER_DEADLINES, RE_EVALUATION, ClaimWindow, Confidence

__all__ = [
    "APPEAL",
    "CLOCKS",
    "OTHER_DEADLINES",
    "RE_EVALUATION",
    "ClaimWindow",
    "Confidence",
    "load",
    "parse",
    "window_for",
]


@cache
def load() -> tuple[ClaimWindow, ...]:
    """Every rule of `windows.toml`, in the file's order. Raises ConfigurationError that names the rule at fault."""
    return parse((Path(__file__).parent / "windows.toml").read_text(encoding="utf-8"))


def window_for(marketplace: str, category: str, event_on: date) -> ClaimWindow | None:
    """The rule for an event of a marketplace (its code) and category on this date; None if none is known."""
    for window in load():
        if window.category == category and marketplace in window.marketplaces and window.is_in_force_on(event_on):
            return window
    return None
