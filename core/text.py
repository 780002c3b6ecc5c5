"""Text from outside, on its way to people's eyes and into a search: without the characters that nobody sees."""

import re

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, NUL among them, and those that turn the direction in which text around them is read."""

_NO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]")
"""Characters without a width, which come along when an id is copied from a page or a mail."""


def visible(text: str) -> str:
    """The text without control characters and without what would turn its direction."""
    return _UNSEEN.sub("", text)


def searched(text: str | None) -> str:
    """What a visitor searches for: what can be seen of it, without blanks around."""
    return _NO_WIDTH.sub("", visible(text or "")).strip()
