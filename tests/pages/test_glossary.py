"""What a word means stands where it is hovered, as the vocabulary has it."""

import json

from core.ui.text.glossary import COLUMNS, of_category
from core.vocabulary import CASE_STATUSES, CATEGORIES, STAGES, TOTALS
from tests.pages.conftest import Open


def test_every_word_of_the_vocabulary_has_its_meaning() -> None:
    for column, words in (("Status", CASE_STATUSES), ("Stage", STAGES), ("Category", CATEGORIES)):
        assert all(entry.meaning in COLUMNS[column] for entry in words.values()), column
    assert all(COLUMNS[words.label] == words.meaning for words in TOTALS.values())
    assert of_category("inventory_lost") == CATEGORIES["inventory_lost"].meaning
    assert of_category("of tomorrow") is None


def test_the_columns_of_the_lists_tell_it(visit: Open) -> None:
    app = visit("pages/case_tracker.py", "alpine@example.com")
    (columns,) = [json.loads(frame.proto.columns) for frame in app.dataframe if "changed_on" in frame.value.columns]
    assert CASE_STATUSES["not_eligible"].meaning in columns["status"]["help"]
    assert CATEGORIES["inventory_lost"].meaning in columns["category"]["help"]
