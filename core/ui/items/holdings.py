"""What a list of items may hold: a total, a stage of it, or all whose deadline runs."""

from core.queries.item_filter import RUNNING as RUNNING
from core.vocabulary import STAGES, TOTALS, Total

MAY_EXPIRE = "May expire"
"""All whose deadline runs."""

HOLDINGS: dict[str, tuple[str, ...]] = {
    **{TOTALS[total].label: tuple(code for code, each in STAGES.items() if each.total is total) for total in Total},
    MAY_EXPIRE: RUNNING,
    **{stage.label: (stage.code,) for stage in STAGES.values()},
}
"""The stages of each list, by its words. *Claimed* is a total and its only stage."""


def can_expire(stages: tuple[str, ...]) -> bool:
    """Whether a deadline runs for all of the stages."""
    return set(stages) <= set(RUNNING)
