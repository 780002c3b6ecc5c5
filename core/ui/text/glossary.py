"""What the words mean, for hovering: the meanings of core/vocabulary as help texts (Markdown)."""

from core.ui.text.words import plain
from core.vocabulary import CASE_STATUSES, CATEGORIES, STAGES, SURPLUS_KINDS, TOTALS


def of_category(code: str) -> str | None:
    """What a category means; None for what the registry does not have."""
    return CATEGORIES[code].meaning if code in CATEGORIES else None


def of_words(labels: dict[str, str]) -> str:
    """Words with their meanings, one a line."""
    return "\n".join(f"- **{plain(label)}**: {meaning}" for label, meaning in labels.items())


STATUSES = of_words({each.label: each.meaning for each in CASE_STATUSES.values()})
_STAGES = of_words({each.label: each.meaning for each in STAGES.values()})
_CATEGORIES = of_words({each.label: each.meaning for each in CATEGORIES.values()})

COLUMNS: dict[str, str] = {
    "Status": STATUSES,
    "Stage": _STAGES,
    "Lost because": _STAGES,
    "Category": _CATEGORIES,
    "What is over": of_words({each.label: each.meaning for each in SURPLUS_KINDS.values()}),
    "Units in Review": "As many open units of the same goods are in Review until it is known what it was for.",
    **{words.label: words.meaning for words in TOTALS.values()},
}
"""What is said where a table's column of this name is hovered."""
