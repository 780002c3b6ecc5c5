"""Whether a file writes decimal points or commas is decided from all of its amounts; an amount is exact or refused."""

from decimal import Decimal

import pytest

from loaders.declare.decimals import Style, parse_amount, parse_decimal, style_of
from loaders.declare.issues import Unreadable

NO_NUMBERS = [
    "",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "1e5",
    "1E+5",
    "0x10",
    "1_000",
    "12.34.56",
    "12,34,56",
    "1,23,456.00",
    ",.5",
    "-",
    "+",
    ".",
    ",",
    "--5",
    "5-",
    "(5.00",
    "5.00)",
    "(-5.00)",
    "$$5.00",
    "$5.00 USD",
    "5.00 QQQ",
    "5.00 units",
    "$",
    "()",
    "-$-5",
    "１２.３４",
    "١٢",
    "१२",
    "²",
    "½",
    "1 2",
    "1,\n234",
]


@pytest.mark.parametrize(
    ("amounts", "style"),
    [
        ([], Style.POINT),
        (["", " ", "5", "-7"], Style.POINT),
        (["12.34"], Style.POINT),
        (["12,34"], Style.COMMA),
        (["1,234.56"], Style.POINT),
        (["1.234,56"], Style.COMMA),
        (["1\u00a0234,56"], Style.COMMA),
        (["1,234", "5,00"], Style.COMMA),
        (["1.234", "5.00"], Style.POINT),
        (["5.00", "6.00", "7,00"], Style.POINT),
        (["5,00", "6,00", "7.00"], Style.COMMA),
        (["rubbish", "NaN", "5,00"], Style.COMMA),
    ],
)
def test_the_style_is_the_one_that_most_amounts_can_only_be_meant_in(amounts: list[str], style: Style) -> None:
    assert style_of(amounts) is style


@pytest.mark.parametrize(
    "amounts", [["1,234"], ["1.234"], ["1,234", "5.678"], ["5.00", "5,00"], ["5.00", "5,00", "1,234"]]
)
def test_amounts_that_do_not_tell_leave_the_style_open(amounts: list[str]) -> None:
    assert style_of(amounts) is None


def test_an_amount_of_an_open_style_is_refused_and_a_whole_one_is_not() -> None:
    assert parse_decimal("-5", None) == Decimal(-5)
    for amount in ("1,234", "5.00", "5,00"):
        with pytest.raises(Unreadable, match="does not tell which"):
            parse_decimal(amount, None)


@pytest.mark.parametrize(
    ("amount", "style", "exact"),
    [
        ("12.34", Style.POINT, "12.34"),
        ("1,234", Style.POINT, "1234"),
        ("1,234,567.89", Style.POINT, "1234567.89"),
        (".5", Style.POINT, "0.5"),
        ("5.", Style.POINT, "5"),
        (" +5.10 ", Style.POINT, "5.10"),
        ("−5.10", Style.POINT, "-5.10"),
        ("0.1000000000000000000001", Style.POINT, "0.1000000000000000000001"),
        ("12,34", Style.COMMA, "12.34"),
        ("1.234", Style.COMMA, "1234"),
        ("1.234.567,89", Style.COMMA, "1234567.89"),
        ("1 234,56", Style.COMMA, "1234.56"),
        ("1\u00a0234,56", Style.COMMA, "1234.56"),
        ("1\u202f234,56", Style.COMMA, "1234.56"),
        ("-,5", Style.COMMA, "-0.5"),
    ],
)
def test_an_amount_is_read_exactly(amount: str, style: Style, exact: str) -> None:
    assert str(parse_decimal(amount, style)) == str(Decimal(exact))


@pytest.mark.parametrize(
    ("amount", "style", "exact"),
    [
        ("$1,025.00", Style.POINT, "1025.00"),
        ("-$5.00", Style.POINT, "-5.00"),
        ("$-5.00", Style.POINT, "-5.00"),
        ("(12.50)", Style.POINT, "-12.50"),
        ("($1,025.00)", Style.POINT, "-1025.00"),
        ("-1,200", Style.POINT, "-1200"),
        ("US$ 7", Style.POINT, "7"),
        ("CA$7.10", Style.POINT, "7.10"),
        ("12.50 USD", Style.POINT, "12.50"),
        ("EUR 12,50", Style.COMMA, "12.50"),
        ("1.234,56 €", Style.COMMA, "1234.56"),
        ("1\u00a0234,56\u00a0€", Style.COMMA, "1234.56"),
        ("£0.99", Style.POINT, "0.99"),
        ("￥1,200", Style.POINT, "1200"),
    ],
)
def test_what_a_spreadsheet_puts_around_a_number_is_read(amount: str, style: Style, exact: str) -> None:
    assert str(parse_decimal(amount, style)) == exact


def test_the_sign_of_a_currency_is_told() -> None:
    assert parse_amount("$1,025.00", Style.POINT)[1] == "$"
    assert parse_amount("12,50 EUR", Style.COMMA)[1] == "EUR"
    assert parse_amount("12.50", Style.POINT)[1] == ""


def test_amounts_with_signs_tell_the_style_too() -> None:
    assert style_of(["$1,025.00"]) is Style.POINT
    assert style_of(["12,50 €", "(3,00 €)"]) is Style.COMMA
    assert style_of(["$1,025"]) is None


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("amount", NO_NUMBERS)
def test_what_is_no_number_is_refused(amount: str, style: Style) -> None:
    with pytest.raises(Unreadable):
        parse_decimal(amount, style)


def test_the_other_styles_amount_is_refused_with_a_word_on_it() -> None:
    with pytest.raises(Unreadable, match="decimal comma in a file that writes decimal points"):
        parse_decimal("12,34", Style.POINT)
    with pytest.raises(Unreadable, match="decimal point in a file that writes decimal commas"):
        parse_decimal("12.34", Style.COMMA)


def test_an_amount_of_endless_digits_is_refused() -> None:
    with pytest.raises(Unreadable, match="too long"):
        parse_decimal("9" * 1_000_000, Style.POINT)
