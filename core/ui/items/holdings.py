"""What a list of items may hold: a total, a stage of it, or all whose deadline runs."""

from core.queries.item_filter import RUNNING as RUNNING
from core.vocabulary import STAGES, TOTALS, Total

MAY_EXPIRE = "at_risk"
"""All whose deadline runs."""

HOLDINGS: dict[str, tuple[str, ...]] = {
    **{total.value: tuple(code for code, each in STAGES.items() if each.total is total) for total in Total},
    MAY_EXPIRE: RUNNING,
    **{code: (code,) for code in STAGES},
}
"""The stages of each list, by its code. *Claimed* is a total and its only stage."""

LABELS: dict[str, str] = {
    **{total.value: TOTALS[total].label for total in Total},
    MAY_EXPIRE: "All at risk",
    **{code: stage.label for code, stage in STAGES.items()},
}


def can_expire(stages: tuple[str, ...]) -> bool:
    """Whether a deadline runs for all of the stages."""
    return set(stages) <= set(RUNNING)
