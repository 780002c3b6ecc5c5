"""Tooltips (Markdown) with the meanings of the terms in core/vocabulary."""

from collections.abc import Mapping
from typing import Any

from core.ui.text.words import plain
from core.vocabulary import CASE_STATUSES, CATEGORIES, STAGES, TOTALS


def of_category(code: str) -> str | None:
    """The meaning of a category; None if the registry does not have it."""
    return CATEGORIES[code].meaning if code in CATEGORIES else None


def of_words(labels: dict[str, str]) -> str:
    """Terms with their meanings, one per line."""
    return "\n".join(f"- **{plain(label)}**: {meaning}" for label, meaning in labels.items())


def of_registry(registry: Mapping[str, Any] | None) -> str:
    """The terms of a registry with their meanings; empty if it has no meanings."""
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
"""Tooltips of table columns by label."""
