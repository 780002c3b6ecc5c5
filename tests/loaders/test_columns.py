"""A cell becomes what COPY reads, or is refused with a reason; identifiers stay as they came."""

import pytest

from core.vocabulary import fold
from loaders.declare.columns import Amount, Column, Count, Currency, Day, FileContext, Moment, OneOf, Text
from loaders.declare.dates import FormUnknown
from loaders.declare.decimals import Style
from loaders.declare.issues import RowIssue, Unreadable

POINTS = FileContext(Style.POINT)


def parsed(column: Column, cell: str) -> str:
    return column.parser(POINTS)(cell)


@pytest.mark.parametrize("identifier", ["00123", "1E5", "NA", "null", "-", "12,5", "９９", "日本"])
def test_an_identifier_stays_as_it_came(identifier: str) -> None:
    assert parsed(Text(header="sku"), f" {identifier}\t") == identifier


@pytest.mark.parametrize(
    ("cell", "stored"), [(r"\N", r"\\N"), (r"\.", r"\\."), ("a\tb", r"a\tb"), ("a\nb\r", r"a\nb"), ("a\\", r"a\\")]
)
def test_text_can_not_be_taken_for_a_sign_of_copy(cell: str, stored: str) -> None:
    assert parsed(Text(header="sku"), cell) == stored


def test_text_that_no_index_can_hold_is_refused() -> None:
    assert parsed(Text(header="sku"), "x" * 300) == "x" * 300
    with pytest.raises(Unreadable, match="longer than 300"):
        parsed(Text(header="sku"), "x" * 301)


@pytest.mark.parametrize(
    ("cell", "count"), [("7", "7"), (" -16 ", "-16"), ("−3", "-3"), ("+2", "2"), ("-0", "0"), ("007", "7")]
)
def test_a_count_is_a_whole_number_with_its_sign(cell: str, count: str) -> None:
    assert parsed(Count(header="Quantity"), cell) == count


@pytest.mark.parametrize(
    "cell",
    ["1.5", "2,5", "1,00,0", "1e3", "one", "1 2", "0x1", "1_0", "9999999999", "²", "٣", "３", "NaN", "--1", "True"],
)
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="not a whole number"):
        parsed(Count(header="Quantity"), cell)


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("1.0", "1"),
        ("-3.0", "-3"),
        ("4.00", "4"),
        ("1,0", "1"),
        ("(2)", "-2"),
        ("(2.0)", "-2"),
        ("1,200,000", "1200000"),
    ],
)
def test_a_whole_number_is_whole_however_a_program_writes_it(cell: str, count: str) -> None:
    assert parsed(Count(header="Quantity"), cell) == count


@pytest.mark.parametrize("cell", ["1,200", "-1.200", "1,000", "2.000"])
def test_what_may_be_thousands_or_decimals_is_told_by_its_column(cell: str) -> None:
    with pytest.raises(FormUnknown):
        parsed(Count(header="Quantity"), cell)


def test_less_than_the_least_is_refused() -> None:
    with pytest.raises(Unreadable, match="is less than 0"):
        parsed(Amount(header="unit_cost", at_least=0), "-4.75")
    with pytest.raises(Unreadable, match="is less than 0"):
        parsed(Count(header="claimed_units", at_least=0), "-1")


@pytest.mark.parametrize("cell", ["1.08E+14", "1E+14", "1,08E+14", "1.23457e+18", "-1.5E+3"])
def test_an_identifier_that_a_spreadsheet_cut_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="a number that a spreadsheet cut"):
        parsed(Text(header="Purchase Order #"), cell)


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#####"])
def test_an_error_of_a_spreadsheet_is_no_identifier(cell: str) -> None:
    with pytest.raises(Unreadable, match="an error of a spreadsheet"):
        parsed(Text(header="sku"), cell)


@pytest.mark.parametrize("cell", ["1E5", "12E3", "1.5E3", "E+5", "A1E+5", "#1", "2026-01-02"])
def test_what_looks_a_little_like_it_stays_a_sku(cell: str) -> None:
    assert parsed(Text(header="sku"), cell) == cell


def test_a_date_is_no_identifier_in_a_workbook() -> None:
    with pytest.raises(Unreadable, match="turned into a date"):
        Text(header="sku").parser(FileContext(Style.POINT, is_workbook=True))("2026-01-02")


def test_an_identifier_of_digits_has_no_point() -> None:
    assert parsed(Text(header="case-id", of_digits=True), "77010203.0") == "77010203"
    assert parsed(Text(header="case-id", of_digits=True), "A.0") == "A.0"
    assert parsed(Text(header="sku"), "12.0") == "12.0"


@pytest.mark.parametrize(
    "column",
    [
        Text(header="a", required=True),
        Count(header="a", required=True),
        Amount(header="a", required=True),
        Currency(header="a", required=True),
        Day(header="a", required=True),
        Moment(header="a", required=True),
        OneOf(header="a", words=("x",), required=True),
    ],
)
@pytest.mark.parametrize("cell", ["", "  ", "\u00a0"])
def test_an_empty_cell_of_a_required_column_is_refused(column: Column, cell: str) -> None:
    with pytest.raises(Unreadable, match="is empty"):
        parsed(column, cell)


@pytest.mark.parametrize(
    ("column", "empty"),
    [
        (Text(header="a"), ""),
        (Count(header="a"), r"\N"),
        (Count(header="a", empty=0), "0"),
        (Amount(header="a"), r"\N"),
        (Currency(header="a"), ""),
        (Currency(header="a", empty="USD"), "USD"),
        (Day(header="a"), r"\N"),
        (Moment(header="a"), r"\N"),
        (Moment(header="a", day="on"), "\\N\t\\N"),
        (OneOf(header="a", words=("x",)), ""),
    ],
)
def test_an_empty_cell_is_what_the_column_says(column: Column, empty: str) -> None:
    assert parsed(column, "") == empty


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("2026-05-13T00:00:00-0700", "2026-05-13T00:00:00-07:00\t\\N"),
        ("05/13/2026 09:00:00", "\\N\t2026-05-13"),
        ("2026-05-13", "\\N\t2026-05-13"),
    ],
)
def test_a_moment_without_an_offset_gives_its_day_alone(cell: str, stored: str) -> None:
    assert parsed(Moment(header="a", day="on"), cell) == stored


@pytest.mark.parametrize(("cell", "code"), [("USD", "USD"), (" eur ", "EUR")])
def test_a_currency_is_kept_in_upper_case(cell: str, code: str) -> None:
    assert parsed(Currency(header="a"), cell) == code


@pytest.mark.parametrize("cell", ["US$", "€", "dollars", "US", "U1D", "ＵＳＤ", "XYZ", "ABC", "EURO", "XXX"])
def test_what_is_no_currency_is_refused(cell: str) -> None:
    with pytest.raises(Unreadable, match="not a currency"):
        parsed(Currency(header="a"), cell)


def test_one_of_a_few_words_is_stored_in_the_registrys_spelling() -> None:
    column = OneOf(header="decision", words=("approved", "partially_approved"))
    assert parsed(column, "Partially Approved") == "partially_approved"
    for other in ("maybe", "отказано", "--"):
        with pytest.raises(Unreadable, match="none of: approved, partially_approved"):
            parsed(column, other)


def test_headers_are_compared_without_case_blanks_and_signs() -> None:
    assert fold("Event Type") == fold("EventType") == fold("event-type ") == "eventtype"


def test_an_issue_keeps_a_short_value_that_a_database_can_store() -> None:
    issue = RowIssue.of(3, "sku", "a\x00\ud83d\n" + "x" * 1_000, "sku is odd.")
    assert issue.value == "a���" + "x" * 196 + "…"
