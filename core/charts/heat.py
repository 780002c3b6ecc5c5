"""Cell colours of a heat map."""

from decimal import Decimal
from math import sqrt

from core.charts.palette import TOTAL_COLOURS
from core.vocabulary import Total

_LEAST, _MOST = 0.10, 0.60


def warmth(value: Decimal, hottest: Decimal, total: Total = Total.UNCLAIMED) -> str:
    """The background of a cell as CSS: the colour of a total, stronger the closer the value is to the hottest cell's.

    It is translucent, so that it works in light and dark themes, and grows with the square root, so that small amounts
    differ visibly.
    """
    if value <= 0 or hottest <= 0:
        return ""
    strength = _LEAST + (_MOST - _LEAST) * sqrt(float(value / hottest))
    red, green, blue = (int(TOTAL_COLOURS[total][start : start + 2], 16) for start in (1, 3, 5))
    return f"background-color: rgba({red}, {green}, {blue}, {strength:.2f})"
