"""As of another date every stage, deadline and total moves as it should, and what was detected and claimed stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core.laws.run import FOLDER
from tests.conftest import Database
from tests.core.eventful import Seller, eventful
from tests.core.reports import as_of_date, stages

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days=days))
OPEN = ("future", "ready", "review", "expired")
FIXED = ("in_case", "claimed", "denied", "reversed", "in_kind")

Items = list[dict[str, Any]]


@pytest.fixture
def acme(database: Database) -> Iterator[Seller]:
    with database.owner.begin() as connection:
        yield eventful(connection)


def as_of(acme: Seller, day: date) -> Items:
    return [dict(item) for item in acme.items(day.isoformat())]


@given(day=DAYS, later=DAYS)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_date_moves_the_calendar_and_nothing_else(acme: Seller, day: date, later: date) -> None:
    day, later = sorted((day, later))
    before, after = as_of(acme, day), as_of(acme, later)
    assert [item["item_id"] for item in before] == [item["item_id"] for item in after]
    for one, other in zip(before, after, strict=True):
        the_item_stays(one, other)
        its_stages_move_with_its_dates(one, day)
        assert one["units_expired"] <= other["units_expired"]
        assert one["units_future"] >= other["units_future"]
    for_every_law(acme, day)


def the_item_stays(one: dict[str, Any], other: dict[str, Any]) -> None:
    same = ("units", "detected", "claimed", "opens_on", "deadline_on", "unit_value", "case_id", "window_rule")
    assert [one[name] for name in same] == [other[name] for name in same]
    for stage in FIXED:
        assert one[f"units_{stage}"] == other[f"units_{stage}"]
    assert sum(one[f"units_{stage}"] for stage in OPEN) == sum(other[f"units_{stage}"] for stage in OPEN)


def its_stages_move_with_its_dates(item: dict[str, Any], day: date) -> None:
    assert item["unclaimed"] + item["claimed"] + item["lost"] == item["detected"]
    has_expired = item["deadline_on"] is not None and day > item["deadline_on"]
    is_open = item["opens_on"] is None or day >= item["opens_on"]
    if item["units_expired"]:
        assert has_expired
    if item["units_ready"]:
        assert is_open
        assert not has_expired
    if item["units_future"]:
        assert not is_open
    if item["days_left"] is not None:
        assert item["days_left"] == (item["deadline_on"] - day).days
    if item["review_reason"]:
        assert item["units_review"] or item["unclaimed"]


def for_every_law(acme: Seller, day: date) -> None:
    as_of_date(acme.connection, day.isoformat())
    for law in ("adds_up", "claimed_is_paid", "units_in_one_stage"):
        assert acme.connection.execute(text((FOLDER / f"{law}.sql").read_text())).all() == []


def test_all_stages_are_there_so_that_moving_them_says_something(acme: Seller) -> None:
    found: set[str] = set()
    for day in ("2026-05-03", "2026-07-20", "2027-12-31"):
        for item in acme.items(day):
            found |= stages(item).keys()
    assert found == {*OPEN, *FIXED}


def test_the_rest_of_what_was_paid_in_part_is_in_review_until_its_window_closes(acme: Seller) -> None:
    (item,) = acme.of("referral_fee_overcharge", "2026-05-30")
    assert (stages(item), item["detected"], item["claimed"]) == ({"claimed": 1}, Decimal("2.00"), Decimal("0.50"))
    assert (item["unclaimed"], item["lost"], item["days_left"]) == (Decimal("1.50"), 0, 0)
    assert "paid in part" in item["review_reason"]
    assert totals(acme, "2026-05-30") == [("claimed", 1, Decimal("0.50")), ("review", 0, Decimal("1.50"))]
    (item,) = acme.of("referral_fee_overcharge", "2026-05-31")
    assert (item["unclaimed"], item["lost"], item["review_reason"]) == (0, Decimal("1.50"), None)
    assert totals(acme, "2026-05-31") == [("claimed", 1, Decimal("0.50")), ("expired", 0, Decimal("1.50"))]


def totals(acme: Seller, day: str) -> list[tuple[str, int, Decimal]]:
    as_of_date(acme.connection, day)
    query = text(
        "select stage, units, amount from reporting.totals"
        " where account = 'ACME' and category = 'referral_fee_overcharge' order by stage"
    )
    return [(row.stage, row.units, row.amount) for row in acme.connection.execute(query)]
