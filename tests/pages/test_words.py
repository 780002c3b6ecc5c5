"""Texts of reports and people stay texts."""

from datetime import date
from decimal import Decimal

import pytest

from core.ui.words import address, amount, count, day, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("[a](javascript:b)", "\\[a\\]\\(javascript:\u2060b\\)"),
        ("<script>", r"\<script\>"),
        (":material/home: :red[x]", ":\u2060material/home: :\u2060red\\[x\\]"),
        ("$1 and $2", r"\$1 and \$2"),
        ("two\nlines\n\n# of it", r"two lines \# of it"),
        (
            "https://a.example/b www.a.example a@b.example",
            "https:\u2060//a\\.example/b www\u2060\\.a\\.example a\u2060@b\\.example",
        ),
        ("Bergmann Küche 06:10", "Bergmann Küche 06:\u206010"),
    ],
)
def test_nothing_in_a_text_is_markdown(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_users_own_address_can_be_written_to_and_is_no_markdown_either() -> None:
    assert address("_ann_@a.example") == r"\_ann\_@a\.example"


def test_an_amount_does_not_begin_a_formula() -> None:
    assert amount(Decimal("-1234.5"), "USD") == r"−\$1,234\.50"
    assert amount(None, "USD") == "–"


def test_a_number_goes_with_its_noun() -> None:
    assert [count(number, "item") for number in (0, 1, 1204)] == ["0 items", "1 item", "1,204 items"]


def test_a_date_is_read_without_doubt() -> None:
    assert day(date(2026, 11, 2)) == "Nov 2, 2026"
    assert day(None) == "–"
