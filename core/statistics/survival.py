"""Survival curve of durations, some of which have not ended yet (Kaplan–Meier)."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.statistics.shares import CONFIDENCE

_HALF = 0.5

# If all or none have ended, the band's formula is undefined: `_filled` fills the gaps.
warnings.filterwarnings("ignore", message="The confidence interval is undefined", category=RuntimeWarning)


@dataclass(frozen=True)
class Survival:
    """The share that has not ended after so many days, with its confidence band; steps, from day 0 on.

    For each day, `ended` counts the cases that ended on it, `at_risk` those that had neither ended nor dropped out
    before it.
    """

    days: tuple[int, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    ended: tuple[int, ...]
    at_risk: tuple[int, ...]

    @property
    def median(self) -> int | None:
        """The day by which half has ended; None while more than half has not."""
        return self._reaches_half(self.share)

    @property
    def median_interval(self) -> tuple[int | None, int | None]:
        """The days at which the band's two edges reach a half (Brookmeyer and Crowley 1982); None for an
        edge that never does.
        """
        return self._reaches_half(self.low), self._reaches_half(self.high)

    def _reaches_half(self, edge: Sequence[float]) -> int | None:
        return next((day for day, share in zip(self.days, edge, strict=True) if share <= _HALF), None)


def time_to_end(days: Sequence[int], has_ended: Sequence[bool], counts: Sequence[int]) -> Survival | None:
    """The survival curve of durations, ended or still running; None if none has ended.

    `counts` are the numbers of cases with the same days and the same state.
    """
    if not any(has_ended):
        return None
    from scipy.stats import CensoredData, ecdf

    each_day, each_ended = np.repeat(days, counts), np.repeat(has_ended, counts)
    curve = ecdf(CensoredData.right_censored(each_day, ~each_ended)).sf
    with np.errstate(divide="ignore", invalid="ignore"):  # the logarithm of a share of 0 or 1
        band = curve.confidence_interval(confidence_level=CONFIDENCE, method="log-log")
    low, high = _filled(curve.probabilities, band.low.probabilities, band.high.probabilities)
    steps = [0, *(int(day) for day in curve.quantiles)]
    return Survival(
        days=tuple(steps),
        share=(1.0, *map(float, curve.probabilities)),
        low=(1.0, *low),
        high=(1.0, *high),
        ended=tuple(int(((each_day == day) & each_ended).sum()) if number else 0 for number, day in enumerate(steps)),
        at_risk=tuple(int((each_day >= day).sum()) for day in steps),
    )


def _filled(share: "np.ndarray", low: "np.ndarray", high: "np.ndarray") -> tuple[list[float], list[float]]:
    """The band where its formula is undefined: closed while none has ended, open downwards once all have."""
    edges: tuple[list[float], list[float]] = ([], [])
    for value, down, up in zip(share, low, high, strict=True):
        if value >= 1:
            down = up = 1.0
        elif np.isnan(down) or np.isnan(up):
            down, up = 0.0, edges[1][-1] if edges[1] else 1.0
        edges[0].append(float(down))
        edges[1].append(float(up))
    return edges
