"""Intervals and curves against numbers from the books, and what is said where nothing can be."""

import subprocess
import sys
from decimal import Decimal

import pytest

from core.settings import PROJECT
from core.statistics import MoneySums, share_of_cases, share_of_money, time_to_end


@pytest.mark.parametrize(
    ("won", "decided", "low", "high"),
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_a_win_rate_has_wilsons_interval(won: int, decided: int, low: str, high: str) -> None:
    share = share_of_cases(won, decided)
    assert share is not None
    assert share.value == Decimal(won) / decided
    assert (f"{share.low:.4f}", f"{share.high:.4f}") == (low, high)


def test_of_no_case_there_is_no_rate() -> None:
    assert share_of_cases(0, 0) is None
    assert share_of_money(sums_of()) is None


def test_a_recovery_rate_is_one_of_sums_and_wide_where_cases_differ() -> None:
    alike = share_of_money(sums_of((100, 51), (100, 49), (100, 50), (100, 50)))
    apart = share_of_money(sums_of((100, 100), (100, 0), (100, 100), (100, 0)))
    assert alike is not None
    assert apart is not None
    assert alike.value == apart.value == Decimal("0.5")
    assert (alike.low, alike.high) == (pytest.approx(Decimal("0.487"), abs=Decimal("0.001")), 1 - alike.low)  # type: ignore[operator]
    assert (apart.low, apart.high) == (Decimal(0), Decimal(1))


@pytest.mark.parametrize("cases", [[(100, 40)], [(100, 100), (30, 30)]], ids=["one case", "all of them the same"])
def test_without_a_spread_no_interval_is_made_up(cases: list[tuple[int, int]]) -> None:
    share = share_of_money(sums_of(*cases))
    assert share is not None
    assert (share.low, share.high) == (None, None)


def test_those_that_have_not_ended_count_for_as_long_as_they_last() -> None:
    # 6-MP group of Freireich et al. (1963): Kaplan–Meier's median is 23 weeks, 0.627 after 16
    weeks = [6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 34, 35]
    ended = [True, False, True, False, True, False, False, True, True, False, False, False, True, True] + [False] * 4
    counts = [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1]
    curve = time_to_end(weeks, ended, counts)
    assert curve is not None
    after = dict(zip(curve.days, curve.share, strict=True))
    assert round(after[6], 3) == 0.857
    assert round(after[16], 3) == 0.627
    assert curve.median == 23
    assert curve.median_interval == (13, None)
    assert dict(zip(curve.days, curve.at_risk, strict=True))[16] == 11
    assert all(low <= share <= high for low, share, high in zip(curve.low, curve.share, curve.high, strict=True))


def test_where_all_have_ended_the_curve_reaches_nothing_and_the_band_stays_open() -> None:
    curve = time_to_end([2, 5], [True, True], [1, 1])
    assert curve is not None
    assert (curve.share, curve.low[-1]) == ((1.0, 0.5, 0.0), 0.0)
    assert curve.high[-1] == curve.high[-2] > 0


def test_where_none_has_ended_there_is_no_curve() -> None:
    assert time_to_end([3, 9], [False, False], [4, 1]) is None
    assert time_to_end([], [], []) is None


def test_the_pages_start_without_the_heavy_library() -> None:
    program = "import sys, core.ui.cache.answers, core.ui.outcomes.page; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False).returncode == 0


def sums_of(*cases: tuple[int, int]) -> MoneySums:
    """The sums over cases of which each claimed and recovered so much."""
    pairs = [(Decimal(claimed), Decimal(recovered)) for claimed, recovered in cases]
    return MoneySums(
        len(pairs),
        sum((claimed for claimed, _ in pairs), Decimal(0)),
        sum((recovered for _, recovered in pairs), Decimal(0)),
        sum((claimed * claimed for claimed, _ in pairs), Decimal(0)),
        sum((recovered * recovered for _, recovered in pairs), Decimal(0)),
        sum((claimed * recovered for claimed, recovered in pairs), Decimal(0)),
    )
