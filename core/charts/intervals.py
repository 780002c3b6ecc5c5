"""A rate and its interval as a small picture for a table cell."""

from base64 import b64encode

from core.charts.palette import ALL_OTHERS, TOTAL_COLOURS
from core.vocabulary import Total

_WIDTH, _HEIGHT, _EDGE = 150, 24, 7


def interval_bar(value: float, low: float | None, high: float | None, *, is_small: bool) -> str:
    """An SVG as a data URL: the interval as a bar on a line from 0 to 1, the rate as a dot, hollow for few cases.
    Without an interval only the dot shows.
    """
    colour = ALL_OTHERS if is_small else TOTAL_COLOURS[Total.CLAIMED]
    begin, end = _x(value if low is None else low), _x(value if high is None else high)
    line = _part("rect", x=_x(0), y=11, width=_x(1) - _x(0), height=2, fill=ALL_OTHERS, fill_opacity=0.35)
    bar = _part("rect", x=begin, y=8, width=end - begin, height=8, rx=4, fill=colour, fill_opacity=0.45)
    inside = "none" if is_small else colour
    dot = _part("circle", cx=_x(value), cy=12, r=5, stroke=colour, stroke_width=2, fill=inside)
    size = f'width="{_WIDTH}" height="{_HEIGHT}"'
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{line}{bar}{dot}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


def _part(name: str, **attributes: float | str) -> str:
    written = (f'{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<{name} {' '.join(written)}/>"


def _x(share: float) -> float:
    return round(_EDGE + min(max(share, 0.0), 1.0) * (_WIDTH - 2 * _EDGE), 1)
