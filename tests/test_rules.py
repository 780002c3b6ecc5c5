"""docs/rules.md lists every reason for Review as the registry has it."""

import pytest

from core.settings import PROJECT
from core.vocabulary.review_reasons import GAP, REVIEW_REASONS, ReviewReason

LINES = (PROJECT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()


def row_of(reason: ReviewReason) -> str:
    words = {name: f"*({name.replace('_', ' ')})*" for name in reason.parameters}
    if reason.parameters[: len(GAP)] == GAP:
        words["gap"] = "The *(report)* of *(region)* is not known to be whole for *(days)*"
    return f"| `{reason.code}` | {reason.sentence.format(**words)} | {reason.resolved_by} |"


@pytest.mark.parametrize("reason", REVIEW_REASONS.values(), ids=list(REVIEW_REASONS))
def test_a_reason_is_listed_with_what_resolves_it(reason: ReviewReason) -> None:
    assert row_of(reason) in LINES


def test_no_other_reason_is_listed() -> None:
    assert sum(line.startswith("| `") for line in LINES) == len(REVIEW_REASONS)
