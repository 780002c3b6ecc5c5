"""Texts of reports and people stay texts."""

import re
from datetime import date
from decimal import Decimal

import pytest

from core.ui.text.words import address, amount, count, day, plain

IDS = (
    "A:1",
    "PO:x-7",
    ":smile:",
    ":+1:",
    "www.example.com",
    "x@example.com",
    "a`b:c",
    "https://x.example/1",
    "FBA15_X*1",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("[a](javascript:b)", r"\[a\]\(javascript:small[:]b\)"),
        ("<script>", r"\<script\>"),
        (":material/home: :red[x]", r":small[:]material/home: :small[:]red\[x\]"),
        ("$1 and $2", r"\$1 and \$2"),
        ("two\nlines\n\n# of it", r"two lines \# of it"),
        (
            "https://a.example/b www.a.example a@b.example",
            r"https:small[:]//a\.example/b www:small[\.]a\.example a:small[@]b\.example",
        ),
        ("Bergmann Küche 06:10", "Bergmann Küche 06:small[:]10"),
    ],
)
def test_nothing_in_a_text_is_markdown(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("name", IDS)
def test_no_sign_that_is_not_seen_is_in_a_text_that_may_be_copied(name: str) -> None:
    shown = plain(name)
    assert shown.isprintable()
    assert re.sub(r"\\([\W_])", r"\1", re.sub(r":small\[(\\?.)\]", r"\1", shown)) == name


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
