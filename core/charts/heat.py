"""How warm a cell of a heat map is."""

from decimal import Decimal
from math import sqrt

from core.charts.palette import TOTAL_COLOURS
from core.vocabulary import Total

_LEAST, _MOST = 0.10, 0.60


def warmth(value: Decimal, hottest: Decimal, total: Total = Total.UNCLAIMED) -> str:
    """The colour behind a figure, as CSS: that of a total, the stronger the nearer to the hottest cell.

    The ground shows through, so that it holds in light and dark. By the root, so that small amounts are told apart.
    """
    if value <= 0 or hottest <= 0:
        return ""
    strength = _LEAST + (_MOST - _LEAST) * sqrt(float(value / hottest))
    red, green, blue = (int(TOTAL_COLOURS[total][start : start + 2], 16) for start in (1, 3, 5))
    return f"background-color: rgba({red}, {green}, {blue}, {strength:.2f})"
