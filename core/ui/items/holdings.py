"""Status filters of item lists: a total, a single stage, or all stages with a running deadline."""

from core.queries.item_filter import RUNNING as RUNNING
from core.vocabulary import STAGES, TOTALS, Total

MAY_EXPIRE = "at_risk"
"""The code of all stages with a running deadline."""

HOLDINGS: dict[str, tuple[str, ...]] = {
    **{total.value: tuple(code for code, each in STAGES.items() if each.total is total) for total in Total},
    MAY_EXPIRE: RUNNING,
    **{code: (code,) for code in STAGES},
}
"""The stages of each status filter, by its code. *Claimed* is both a total and its only stage."""

LABELS: dict[str, str] = {
    **{total.value: TOTALS[total].label for total in Total},
    MAY_EXPIRE: "All at risk",
    **{code: stage.label for code, stage in STAGES.items()},
}


def can_expire(stages: tuple[str, ...]) -> bool:
    """Whether all of these stages have a running deadline."""
    return set(stages) <= set(RUNNING)
