"""Amounts stay exact."""

from decimal import Decimal

import pytest

from core.money import formatted, rounded, share


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1234.5", "USD", "$1,234.50"),
        ("-3", "EUR", "−€3.00"),
        ("1200", "JPY", "¥1,200"),
        ("12", "SEK", "SEK\u00a012.00"),
        ("0.005", "GBP", "£0.01"),
        ("-0.001", "USD", "$0.00"),
    ],
)
def test_an_amount_is_written_in_its_currencys_form(amount: str, currency: str, shown: str) -> None:
    assert formatted(Decimal(amount), currency) == shown


def test_an_amount_that_is_not_known_is_a_dash() -> None:
    assert formatted(None, "USD") == "–"


@pytest.mark.parametrize("amount", ["10.00", "0.01", "-7.77", "99999999.99"])
@pytest.mark.parametrize("units", [1, 3, 7, 64])
def test_the_shares_of_an_amount_add_up_to_it_to_the_cent(amount: str, units: int) -> None:
    shares = [share(Decimal(amount), "USD", before, 1, units) for before in range(units)]
    assert sum(shares) == Decimal(amount)
    assert max(shares) - min(shares) <= Decimal("0.01")


def test_shares_taken_in_steps_are_those_taken_at_once() -> None:
    amount = Decimal("10.00")
    assert share(amount, "USD", 0, 2, 3) + share(amount, "USD", 2, 1, 3) == amount
    assert share(amount, "USD", 0, 2, 3) == Decimal("6.67")


def test_more_units_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 \\+ 2 of 3"):
        share(Decimal(1), "USD", 2, 2, 3)


def test_the_yen_has_no_smaller_unit() -> None:
    assert rounded(Decimal("10.5"), "JPY") == 11
