"""What the words mean, for hovering: the meanings of core/vocabulary as help texts (Markdown)."""

from collections.abc import Mapping
from typing import Any

from core.ui.text.words import plain
from core.vocabulary import CASE_STATUSES, CATEGORIES, STAGES, TOTALS


def of_category(code: str) -> str | None:
    """What a category means; None for what the registry does not have."""
    return CATEGORIES[code].meaning if code in CATEGORIES else None


def of_words(labels: dict[str, str]) -> str:
    """Words with their meanings, one a line."""
    return "\n".join(f"- **{plain(label)}**: {meaning}" for label, meaning in labels.items())


def of_registry(registry: Mapping[str, Any] | None) -> str:
    """What the words of a registry mean; empty where it does not say so."""
    return of_words({each.label: each.meaning for each in (registry or {}).values() if hasattr(each, "meaning")})


STATUSES = of_words({each.label: each.meaning for each in CASE_STATUSES.values()})
_STAGES = of_words({each.label: each.meaning for each in STAGES.values()})
_CATEGORIES = of_words({each.label: each.meaning for each in CATEGORIES.values()})

COLUMNS: dict[str, str] = {
    "Status": STATUSES,
    "Stage": _STAGES,
    "Lost because": _STAGES,
    "Category": _CATEGORIES,
    **{words.label: words.meaning for words in TOTALS.values()},
}
"""What is said where a table's column of this name is hovered."""
