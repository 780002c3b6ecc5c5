"""Cleans external text for display and search: removes invisible characters."""

import re

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, including NUL, and characters that change the text direction."""

_NO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
"""Zero-width characters, which are copied along with an id from a page or a mail."""


def visible(text: str) -> str:
    """The text without control characters and direction changes."""
    return _UNSEEN.sub("", text)


def searched(text: str | None) -> str:
    """The visible text of a search term, stripped."""
    return _NO_WIDTH.sub("", visible(text or "")).strip()
