"""Amazon's settlements: documents that state their total, and replace themselves whole."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.loaders.conftest import Desk

SAMPLES = Path(__file__).parents[1] / "samples"
V1, V2 = (SAMPLES / f"amazon_settlement_{version}" for version in ("v1", "v2"))
US = (V2 / "us.txt").read_text()
IDS_AND_AMOUNTS = (
    "select row_id, amount, currency, posted_on, marketplace from settlement_line"
    " where account_id = :account_id order by row_id"
)


def test_a_settlements_lines_sum_to_the_total_that_it_states(desk: Desk) -> None:
    desk.sync(V2 / "us.txt")
    assert desk.column("select sum(amount) from settlement_line where account_id = :account_id") == [Decimal("33.17")]
    assert desk.column("select control_total_holds from source_file where account_id = :account_id") == [True]


@pytest.mark.parametrize(
    ("path", "amount", "other", "message"),
    [
        ("amazon_settlement_v2/us.txt", "24.99", "25.00", "Its rows add up to 33.18, it states 33.17."),
        ("amazon_settlement_v1/us_36_columns.txt", "-3.99\t", "-3.98\t", "Its rows add up to 17.56, it states 17.55."),
        ("walmart_reconciliation/adds_up.csv", "24.99", "25.00", "Its rows add up to 1046.91, it states 1046.90."),
        (
            "walmart_reconciliation/adds_up_as_json.json",
            "24.99",
            "25.00",
            "Its rows add up to 1046.91, it states 1046.90.",
        ),
    ],
)
def test_a_settlement_that_does_not_add_up_is_taken_and_says_so(
    desk: Desk, path: str, amount: str, other: str, message: str
) -> None:
    content = (SAMPLES / path).read_text(encoding="utf-8")
    whole = desk.take("settlement.txt", content)
    result = desk.take("settlement_corrected.txt", content.replace(amount, other, 1))
    assert (whole.message, result.status) == ("", "taken")
    assert result.message.startswith(message)
    assert desk.column("select message from sync_run where account_id = :account_id order by run_id") == [
        whole.message,
        result.message,
    ]
    holds = "select control_total_holds from source_file where account_id = :account_id order by file_id"
    assert desk.column(holds) == [True, False]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_one_that_does_not_add_up_says_so_whichever_comes_first(desk: Desk, order: tuple[int, int]) -> None:
    contents = [US, US.replace("24.99", "25.00", 1)]
    for index in order:
        result = desk.take(f"{index}.txt", contents[index])
        assert ("add up" in result.message) == (index == 1)
    assert desk.column("select sum(amount) from settlement_line where account_id = :account_id") == [Decimal("33.17")]


def test_a_row_that_is_refused_leaves_a_settlement_short_of_its_total(desk: Desk) -> None:
    result = desk.take("settlement.txt", US.replace("24.99", "a lot", 1))
    assert result.message.startswith("Its rows add up to 8.18, it states 33.17. 1 of 6 rows were refused")


def test_the_order_of_the_lines_does_not_matter(desk: Desk, other: Desk) -> None:
    desk.take("settlement.txt", US)
    header, *lines = US.splitlines(keepends=True)
    lines = lines[3:] + lines[:3]
    other.take("settlement.txt", header + "".join(lines))
    assert other.rows(IDS_AND_AMOUNTS) == desk.rows(IDS_AND_AMOUNTS)


def test_a_corrected_settlement_replaces_the_earlier_one_whichever_comes_first(desk: Desk, other: Desk) -> None:
    first = ("settlement_2026-07-18.txt", US)
    shorter = "".join(line for line in US.splitlines(keepends=True) if "Refund" not in line).replace("33.17", "58.16")
    corrected = ("settlement_2026-07-20.txt", shorter)
    for one, files in ((desk, (first, corrected)), (other, (corrected, first))):
        for name, content in files:
            one.take(name, content)
    assert len(desk.rows(IDS_AND_AMOUNTS)) == 5
    assert other.rows(IDS_AND_AMOUNTS) == desk.rows(IDS_AND_AMOUNTS)


def test_two_settlements_in_one_file_are_refused(desk: Desk) -> None:
    header, rest = US.split("\n", 1)
    result = desk.take("both.txt", f"{header}\n{rest}{rest.replace('28000000042', '28000000043')}")
    assert (result.status, result.rows) == ("refused", 0)
    assert result.message == "both.txt holds two reports; the second begins at line 9. Take each in as a file."


def test_a_settlement_without_its_first_row_is_refused(desk: Desk) -> None:
    lines = US.splitlines(keepends=True)
    result = desk.take("cut.txt", "".join([lines[0], *lines[2:]]))
    assert result.status == "refused"
    assert "settlement-id" in result.message


def test_the_same_settlement_as_v1_and_v2_stands_in_two_tables_under_one_name(desk: Desk) -> None:
    desk.take("v2.txt", US.replace("28000000042", "11000000099"))
    desk.sync(V1 / "us_36_columns.txt")
    documents = "select distinct document from {} where account_id = :account_id"
    assert desk.column(documents.format("settlement_line")) == desk.column(documents.format("settlement_v1_row"))
