"""Amounts are exact decimals in a currency. They are never added across currencies, and never become floats."""

from decimal import ROUND_HALF_UP, Decimal

from core import form

_WITHOUT_MINOR_UNIT = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})


def minor_digits(currency: str) -> int:
    """The decimal digits of a currency (ISO 4217): 0 for the yen, else 2."""
    return 0 if currency in _WITHOUT_MINOR_UNIT else 2


def quantum(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01, or 1 for the yen."""
    return Decimal(1).scaleb(-minor_digits(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The amount rounded to the currency's smallest unit, halves away from zero."""
    return amount.quantize(quantum(currency), rounding=ROUND_HALF_UP)


def share(amount: Decimal, currency: str, before: int, units: int, of: int) -> Decimal:
    """The share of `units` of `of` equal units in an amount, after `before` units got theirs.

    The shares of all units add up to the amount exactly: each is the difference of two running shares. Raises
    ValueError where the units do not fit.
    """
    if of <= 0 or before < 0 or units < 0 or before + units > of:
        raise ValueError(f"{before} + {units} of {of} units")
    if before + units == of:
        return amount - rounded(amount * before / of, currency)
    return rounded(amount * (before + units) / of, currency) - rounded(amount * before / of, currency)


def formatted(amount: Decimal | None, currency: str) -> str:
    """The amount in the reader's format: `$1,234.50`, `−€3.00`, or `1.234,50 $`; a dash for None.

    A currency without a symbol is written as its code, and the minus comes first.
    """
    if amount is None:
        return "–"
    writes = form.current()
    exact = rounded(amount, currency)
    before, behind = writes.affixes(currency)
    sign = form.MINUS if exact < 0 else ""
    return f"{sign}{before}{writes.number(abs(exact), minor_digits(currency))}{behind}"
