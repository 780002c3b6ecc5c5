"""Rates, durations, ages and sources come from kept totals, and are what the cases add up to, as of any day."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, TextClause, text

from core.database.rollups.totals import refresh_rollups
from core.laws import check_all
from core.queries import case_tracker
from core.queries.case_tracker import CaseFilter
from core.queries.outcomes import AGES, Which, ageing, by_month, durations, rates, sources
from core.queries.rows import frame
from core.reporting.rollups import EVERY_ACCOUNT
from core.vocabulary import CASE_STATUSES
from tests.conftest import Filled, Server, filled
from tests.core.reports import Reports

TODAY = date(2026, 7, 20)
PLACES = (("AMAZON_US", "amazon", "USD"), ("AMAZON_DE", "amazon", "EUR"), ("WALMART_US", "walmart", "USD"))
NUMBER = 150

# What the four were before there were totals: sums of the cases and payments themselves.
_RATES = text("""
    with decided as (
        select
            c.*,
            c.origin = 'case_file' and c.status in ('fully_reimbursed', 'partially_reimbursed') as is_won,
            c.origin = 'case_file' and c.status = 'not_eligible' as is_lost
        from claim_case as c
        where
            c.account_id = any(:account_ids)
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
            and (
                cast(:decided_from as date) is null
                or (c.status <> 'open' and coalesce(c.decided_on, c.closed_on) >= :decided_from)
            )
            and (
                cast(:decided_to as date) is null
                or (c.status <> 'open' and coalesce(c.decided_on, c.closed_on) <= :decided_to)
            )
    ),

    priced as (
        select d.*, (d.is_won or d.is_lost) and d.claimed_amount is not null as is_priced
        from decided as d
    )

    select
        category,
        marketplace,
        currency,
        count(*) filter (where is_won) as won,
        count(*) filter (where is_lost) as lost,
        count(*) filter (where origin = 'case_file' and status = 'open') as open,
        count(*) filter (where origin = 'case_file' and status = 'closed') as closed,
        count(*) filter (where origin <> 'case_file') as elsewhere,
        count(*) filter (where is_priced) as priced,
        coalesce(sum(claimed_amount) filter (where is_priced), 0) as claimed,
        coalesce(sum(recovered_amount) filter (where is_priced), 0) as recovered,
        coalesce(sum(claimed_amount ^ 2) filter (where is_priced), 0) as claimed_squared,
        coalesce(sum(recovered_amount ^ 2) filter (where is_priced), 0) as recovered_squared,
        coalesce(sum(claimed_amount * recovered_amount) filter (where is_priced), 0) as product
    from priced
    group by category, marketplace, currency
    order by category, marketplace, currency
""")

_DURATIONS = text("""
    with dated as (
        select
            c.opened_on,
            c.stage,
            c.status,
            case when c.status <> 'open' then coalesce(c.decided_on, c.closed_on) end as resolved_on,
            derived.today(m.time_zone) as today
        from claim_case as c
        inner join marketplace as m on m.marketplace = c.marketplace
        where
            c.account_id = any(:account_ids)
            and c.origin = 'case_file'
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
    ),

    lasting as (
        select
            resolved_on is not null as is_resolved,
            case
                when resolved_on is not null then resolved_on - opened_on
                when status = 'open' or (status = 'partially_reimbursed' and stage = 'open') then today - opened_on
            end as days
        from dated
        where resolved_on is not null or opened_on <= today
    )

    select days, is_resolved, count(*) as cases
    from lasting
    group by days, is_resolved
    order by days, is_resolved
""")

_AGEING = text("""
    with aged as (
        select
            c.currency,
            c.claimed_amount,
            c.outcome,
            derived.today(m.time_zone) - c.opened_on as days
        from claim_case as c
        inner join marketplace as m on m.marketplace = c.marketplace
        where
            c.account_id = any(:account_ids)
            and c.status = 'open'
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
    )

    select
        width_bucket(days, :ages_begin) as bucket,
        currency,
        count(*) as cases,
        count(*) filter (where outcome in ('approved', 'partially_approved')) as approved,
        coalesce(sum(claimed_amount), 0) as claimed
    from aged
    group by width_bucket(days, :ages_begin), currency
    order by bucket, currency
""")

_SOURCES = text("""
    with paid as (
        select p.channel, p.currency, sum(p.amount) as paid
        from derived.payment as p
        where p.account_id = any(:account_ids)
        group by p.channel, p.currency
    ),

    through as (
        select
            c.channel,
            c.currency,
            sum(c.recovered_amount) filter (where c.origin = 'case_file') as filed,
            sum(c.recovered_amount) filter (where c.origin <> 'case_file') as elsewhere
        from claim_case as c
        where c.account_id = any(:account_ids)
        group by c.channel, c.currency
    )

    select
        p.channel,
        p.currency,
        p.paid,
        coalesce(t.filed, 0) as filed,
        coalesce(t.elsewhere, 0) as elsewhere,
        p.paid - coalesce(t.filed, 0) - coalesce(t.elsewhere, 0) as automatic
    from paid as p
    left join through as t on t.channel = p.channel and t.currency = p.currency
    order by p.channel, p.currency
""")

TIMES = (
    (None, None),
    (date(2026, 3, 1), None),
    (None, date(2026, 5, 31)),
    (date(2026, 1, 1), date(2026, 6, 30)),
    (date(2025, 12, 31), date(2026, 7, 1)),
    (date(2026, 2, 3), date(2026, 2, 27)),
    (date(2026, 2, 20), date(2026, 3, 5)),
    (date(2026, 3, 31), date(2026, 3, 31)),
    (date(2027, 1, 1), None),
)


@pytest.fixture(scope="module", params=[0, 1, pytest.param(2, marks=pytest.mark.exhaustive)])
def with_sellers(server: Server, migrated: str, request: pytest.FixtureRequest) -> Iterator[Filled[list[int]]]:
    """A database with the sellers, made once for each draw."""
    chance = random.Random(request.param)  # noqa: S311 - the same cases in every run
    with filled(server, migrated, lambda connection: _sellers(connection, chance)) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_sellers: Filled[list[int]]) -> str:
    """Every test here begins with the sellers."""
    return with_sellers.name


@pytest.fixture
def sellers(with_sellers: Filled[list[int]]) -> list[int]:
    """Both of them."""
    return with_sellers.told


def _sellers(connection: Connection, chance: random.Random) -> list[int]:
    """Two sellers with cases of every kind that a table may hold, and payments in two currencies."""
    ids = []
    for code in ("ACME", "OTHER"):
        seller = Reports(connection, code, ("AMAZON_US", "AMAZON_DE", "WALMART_US"))
        seller.reimbursed(1, "21.00", on="2026-05-05", case="9")
        seller.reimbursed(1, "-3.00", on="2026-06-30")
        for number in range(NUMBER):
            _add_case(connection, seller.account_id, number, chance)
        ids.append(seller.account_id)
    refresh_rollups(connection, ids)
    return ids


def _add_case(connection: Connection, account_id: int, number: int, chance: random.Random) -> None:
    place, channel, currency = chance.choice(PLACES)
    opened = TODAY - timedelta(days=chance.randrange(-5, 300))
    decided, closed = (
        chance.choice((None, opened + timedelta(days=chance.choice((0, 3, 15, 31, 80))))) for _ in range(2)
    )
    case = {
        "account_id": account_id,
        "marketplace": place,
        "case_id": f"C-{number}",
        "channel": channel,
        "category": chance.choice(("inventory_lost", "return_lost", "")),
        "origin": chance.choice(("case_file", "case_file", "filed_elsewhere")),
        "status": chance.choice(tuple(CASE_STATUSES)),
        "stage": chance.choice(("open", "closed")),
        "outcome": chance.choice(("", "denied", "approved", "partially_approved")),
        "opened_on": chance.choice((opened, opened, opened, None)),
        "decided_on": decided,
        "closed_on": closed,
        "claimed_amount": chance.choice((None, Decimal(chance.randrange(100_000_000)) / 100)),
        "recovered_amount": chance.choice((0, Decimal(chance.randrange(100_000)) / 100)),
        "currency": currency,
    }
    names = ", ".join(case)
    values = ", ".join(f":{name}" for name in case)
    connection.execute(
        text(f"insert into claim_case ({names}, recovered_units, note) values ({values}, 0, '')"),
        case,
    )


def summed(connection: Connection, query: TextClause, accounts: Sequence[int], which: Which) -> list[Any]:
    values = asdict(which) | {"account_ids": list(accounts), "ages_begin": [age + 1 for age in AGES]}
    asked = {name: values[name] for name in query.compile().params}
    return frame(connection, query, asked).to_dict("records")


def differences(connection: Connection, accounts: Sequence[int], asked: Sequence[int], which: Which) -> list[str]:
    """Which of the questions, asked of some accounts or of their kept sum, are not answered as the cases answer."""
    found = {
        _RATES: rates(connection, asked, which),
        _DURATIONS: durations(connection, asked, which),
        _AGEING: ageing(connection, asked, which),
        _SOURCES: sources(connection, asked),
    }
    return [
        query.text
        for query, answer in found.items()
        if answer.to_dict("records") != summed(connection, query, accounts, which)
    ]


def test_what_is_kept_is_what_the_cases_add_up_to(connection: Connection, sellers: list[int]) -> None:
    for first, last in TIMES:
        for place, category in ((None, None), ("AMAZON_US", None), (None, ""), ("AMAZON_DE", "return_lost")):
            which = Which(place, category, first, last)
            for accounts, asked in ((sellers, sellers), (sellers[:1], sellers[:1]), (sellers, [EVERY_ACCOUNT])):
                assert differences(connection, accounts, asked, which) == [], which


def test_the_sum_of_any_time_is_that_of_its_days(connection: Connection, sellers: list[int]) -> None:
    chance = random.Random(len(sellers))  # noqa: S311 - the same times in every run
    for _ in range(60):
        first = date(2026, 1, 1) + timedelta(days=chance.randrange(200))
        last = first + timedelta(days=chance.randrange(90))
        which = Which(decided_from=first, decided_to=last)
        for asked in (sellers, [EVERY_ACCOUNT]):
            told = rates(connection, asked, which).to_dict("records")
            assert told == summed(connection, _RATES, sellers, which), which
            months = by_month(connection, asked, which)
            assert [months[name].sum() for name in ("won", "lost")] == [
                sum(row[name] for row in told) for name in ("won", "lost")
            ]
            assert all(first.replace(day=1) <= month <= last for month in months["month"])


def test_ages_and_durations_are_those_of_any_day(connection: Connection, sellers: list[int]) -> None:
    for days in (-200, -30, 0, 1, 45, 400):
        day = (TODAY + timedelta(days=days)).isoformat()
        connection.execute(text("select set_config('recoup.today', :day, true)"), {"day": day})
        assert differences(connection, sellers, sellers, Which()) == [], days
        assert differences(connection, sellers, [EVERY_ACCOUNT], Which()) == [], days


CHANGES = (
    "status = 'fully_reimbursed', decided_on = opened_on + 3 where case_id > 'C-5'",
    "opened_on = opened_on + 40, closed_on = closed_on + 40 where case_id > 'C-5'",
    "claimed_amount = null, origin = 'filed_elsewhere' where case_id > 'C-5'",
    "currency = 'CAD', marketplace = 'AMAZON_CA' where marketplace = 'AMAZON_DE'",
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_leaves_nothing_behind(connection: Connection, sellers: list[int], change: str) -> None:
    connection.execute(text(f"update claim_case set {change}"))
    refresh_rollups(connection, sellers)
    for which in (Which(), Which(decided_from=date(2026, 1, 5), decided_to=date(2026, 7, 3))):
        assert differences(connection, sellers, [EVERY_ACCOUNT], which) == []
    assert [each for each in check_all(connection) if each.law == "totals_are_kept"] == []


def test_a_rates_cases_are_those_of_the_case_tracker(connection: Connection, sellers: list[int]) -> None:
    for first, last in TIMES:
        rated = rates(connection, sellers, Which(decided_from=first, decided_to=last))
        listed = case_tracker.by_status(connection, sellers, CaseFilter((), decided_from=first, decided_to=last))
        assert rated[["won", "lost", "open", "closed", "elsewhere"]].to_numpy().sum() == listed["cases"].sum()


def test_the_reference_reads_no_total() -> None:
    assert not [query for query in (_RATES, _DURATIONS, _AGEING, _SOURCES) if "_total" in query.text]
