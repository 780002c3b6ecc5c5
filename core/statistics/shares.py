"""Shares with 95 % intervals: of cases, and of money."""

from dataclasses import dataclass
from decimal import Decimal

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Share:
    """A share (1 is all) with its confidence interval; `low` and `high` are None without one."""

    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class MoneySums:
    """Sums of claimed and recovered amounts over cases, in one currency, and of their squares and products."""

    cases: int
    claimed: Decimal
    recovered: Decimal
    claimed_squared: Decimal
    recovered_squared: Decimal
    product: Decimal


def share_of_cases(won: int, decided: int) -> Share | None:
    """The share of decided cases that were won, with Wilson's interval; None without a decided case.

    Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209: valid for few cases and for shares near 0 and 1.
    """
    if not decided:
        return None
    from scipy.stats import binomtest

    interval = binomtest(won, decided).proportion_ci(confidence_level=CONFIDENCE, method="wilson")
    return Share(Decimal(won) / decided, _decimal(interval.low), _decimal(interval.high))


def share_of_money(sums: MoneySums) -> Share | None:
    """The share of the claimed money that was recovered; None without a claim.

    The interval is that of a ratio of sums over a random sample of cases (Cochran, Sampling Techniques, 6.4), with
    Student's t, limited to 0 and 1. Without a spread (one case, or equal shares in all cases) there is no interval.
    """
    if sums.claimed <= 0:
        return None
    share = sums.recovered / sums.claimed
    squares = sums.recovered_squared - 2 * share * sums.product + share * share * sums.claimed_squared
    if sums.cases < 2 or squares <= 0:
        return Share(share)
    from scipy.stats import t

    error = (sums.cases * squares / (sums.cases - 1)).sqrt() / sums.claimed
    reach = error * _decimal(t.ppf((1 + CONFIDENCE) / 2, sums.cases - 1))
    return Share(share, max(share - reach, Decimal(0)), min(share + reach, max(share, Decimal(1))))


def _decimal(number: float) -> Decimal:
    return Decimal(repr(float(number)))
