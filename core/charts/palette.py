"""Colours that work on light and dark backgrounds (contrast ≥ 3) and for colour-blind readers.

The three totals differ by ΔE ≥ 29 in normal sight and under simulated protan-, deuteran- and tritanopia (Machado 2009),
in lightness as well as in hue. Each is always next to a word or an icon.
"""

from core.vocabulary.stages import Total

TOTAL_COLOURS: dict[Total, str] = {
    Total.UNCLAIMED: "#C77905",
    Total.CLAIMED: "#0A95AE",
    Total.LOST: "#835C5A",
}
"""Unclaimed amber, Claimed green-blue, Lost grey-red."""

STATUS_COLOURS: dict[str, str] = {
    "open": "#C77905",
    "partially_reimbursed": "#4A98A6",
    "fully_reimbursed": "#0A7F96",
    "not_eligible": "#835C5A",
    "closed": "#78869A",
}
"""Colours of case statuses, close to that of the total in which their money tends to end."""

SERIES = ("#C77905", "#3F7CC2", "#8E63B5", "#2F8F6B", "#C0567A", "#6F8423")
"""Colours of categories, in the order of their amounts."""

ALL_OTHERS = "#78869A"
"""Colour of everything for which SERIES has no colour left."""
GROUND = "rgba(0,0,0,0)"
"""Transparent, so that the page's theme shows through."""

_WHITE, _INK = "#FFFFFF", "#0B141E"
_MIDDLE = 0.193
"""The luminance on which both have the same contrast, 4.3."""


def ink_on(colour: str) -> str:
    """White or nearly black, whichever is more readable on a colour (`#RRGGBB`), by the luminance of WCAG 2.2."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return _WHITE if 0.2126 * red + 0.7152 * green + 0.0722 * blue < _MIDDLE else _INK
