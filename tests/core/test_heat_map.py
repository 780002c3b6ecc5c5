"""The heat map of Expiring is what the items add up to, as of any day, whichever of them are meant and whoever asks."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, text

from core.database.rollups.totals import refresh_rollups
from core.detect import detect
from core.queries.expiring import MOST_ACCOUNTS, at_risk
from core.queries.item_filter import RUNNING
from core.reporting.rollups import EVERY_ACCOUNT
from core.ui.components.deadlines import BOUNDS
from tests.conftest import Filled, Server, filled
from tests.core.reports import Reports

TODAY = date(2026, 7, 20)
SELLERS = 22
CELLS = """
    select i.account_id, i.deadline_on - m.today as days, sum(i.amount) as amount, count(*) as items
    from derived.staged_amount as i
    inner join derived.day as m on m.marketplace = i.marketplace
    where
        i.account_id = any(:accounts) and i.stage = any(:stages) and i.currency = 'USD'
        and i.deadline_on between m.today and (m.today + interval '3 months')::date
    group by i.account_id, i.deadline_on - m.today
"""


def _sellers(connection: Connection) -> list[int]:
    """More sellers than are shown, whose items open and end all over two years, surely and in doubt, some unvalued."""
    ids = []
    for number in range(SELLERS):
        seller = Reports(connection, f"S{number:02}", ("AMAZON_US", "AMAZON_CA"))
        seller.costs("4.00", since="2025-01-01")
        for each in range(12):
            seller.lost(1 + (each + number) % 4, on=(TODAY - timedelta(days=17 * each + number)).isoformat())
        ids.append(seller.account_id)
    for account_id in ids:
        detect(connection, account_id)
    chance = "abs(hashtext(item_id::text))"
    for change in (
        f"opens_on = event_on + {chance} % 50, deadline_on = event_on + 20 + {chance} % 500",
        f"units_doubtful = 1, rest = 0.5 where units_open > 1 and {chance} % 3 = 0",
        f"unit_value = null where {chance} % 11 = 0",
        f"marketplace = 'AMAZON_CA', opens_on = null where {chance} % 7 = 0",
        f"deadline_on = null where {chance} % 13 = 0",
        f"currency = 'CAD' where {chance} % 17 = 0",
    ):
        connection.execute(text(f"update item set {change}"))
    refresh_rollups(connection, ids)
    return ids


@pytest.fixture(scope="module")
def with_sellers(server: Server, migrated: str) -> Iterator[Filled[list[int]]]:
    """A database with the sellers, made once."""
    with filled(server, migrated, _sellers) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_sellers: Filled[list[int]]) -> str:
    """Every test here begins with the sellers."""
    return with_sellers.name


@pytest.fixture
def sellers(with_sellers: Filled[list[int]]) -> list[int]:
    """More sellers than are shown, whose items open and end all over two years, surely and in doubt, some unvalued."""
    return with_sellers.told


def mapped(
    connection: Connection, accounts: Sequence[int], stages: Sequence[str], search: str
) -> dict[int | None, dict[int, tuple[int, Decimal]]]:
    """Items and money by bucket, of each account that is shown and of all together (None)."""
    rows = at_risk(connection, accounts, "USD", stages, BOUNDS, search)
    found: dict[int | None, dict[int, tuple[int, Decimal]]] = defaultdict(dict)
    for row in rows.to_dict("records"):
        found[row["account_id"]][row["bucket"]] = (row["items"], row["amount"])
    for account_id, own in rows.groupby("account_id", dropna=False):
        assert sum(own["amount"]) == own["at_risk"].iloc[0], account_id
    return dict(found)


def summed(
    connection: Connection, accounts: Sequence[int], stages: Sequence[str], search: str
) -> dict[int | None, dict[int, tuple[int, Decimal]]]:
    """The same, of the items themselves."""
    names = {row.account_id: row.name for row in connection.execute(text("select account_id, name from account")).all()}
    ends = connection.execute(
        text(
            "select array_agg((m.today + cast(b as interval))::date - m.today) from derived.day as m,"
            " unnest(cast(:bounds as text[])) as b where m.marketplace = 'AMAZON_US'"
        ),
        {"bounds": list(BOUNDS)},
    ).scalar_one()
    found: dict[int | None, dict[int, tuple[int, Decimal]]] = defaultdict(dict)
    for row in connection.execute(text(CELLS), {"accounts": list(accounts), "stages": list(stages)}):
        bucket = sum(row.days > end for end in ends)
        for whose in (row.account_id, None):
            items, amount = found[whose].get(bucket, (0, Decimal(0)))
            found[whose][bucket] = (items + row.items, amount + (row.amount or 0))
    sums = {whose: sum(amount for _, amount in own.values()) for whose, own in found.items() if whose is not None}
    ranked = sorted((-amount, names[whose], whose) for whose, amount in sums.items() if search in names[whose])
    shown = {None, *(whose for _, _, whose in ranked[:MOST_ACCOUNTS])}
    return {whose: own for whose, own in found.items() if whose in shown}


def test_each_cell_is_what_its_items_add_up_to(connection: Connection, sellers: list[int]) -> None:
    seen: set[Any] = set()
    most = 0
    for number, days in enumerate(range(-170, 100, 15)):
        at(connection, TODAY + timedelta(days=days))
        for stages in (RUNNING, *((stage,) for stage in RUNNING), ("ready", "review")):
            search = ("", "S0")[number % 2]
            told = summed(connection, sellers, stages, search)
            assert mapped(connection, sellers, stages, search) == told, (days, stages)
            assert mapped(connection, [EVERY_ACCOUNT], stages, search) == told, (days, stages)
            one = summed(connection, sellers[:1], stages, "")
            assert mapped(connection, sellers[:1], stages, "") == one, (days, stages)
            seen |= {(stages, bucket) for own in told.values() for bucket in own}
            most = max(most, len(told))
    assert len(seen) >= 30
    assert most == MOST_ACCOUNTS + 1


def test_accounts_that_the_search_finds_are_counted(connection: Connection, sellers: list[int]) -> None:
    at(connection, TODAY - timedelta(days=60))
    cells = connection.execute(text(CELLS), {"accounts": sellers, "stages": list(RUNNING)})
    owing = {sellers.index(row.account_id) for row in cells}
    assert len(owing) < SELLERS
    for accounts in (sellers, [EVERY_ACCOUNT]):
        for search, found in (
            ("", len(owing)),
            ("s0", sum(number < 10 for number in owing)),
            ("S17", int(17 in owing)),
        ):
            rows = at_risk(connection, accounts, "USD", RUNNING, BOUNDS, search)
            named = rows[rows["account_id"].notna()]
            assert set(named["accounts"]) == {found}
            assert named["account_id"].nunique() == min(found, MOST_ACCOUNTS)


def at(connection: Connection, day: date) -> None:
    """Let it be this day."""
    connection.execute(text("select set_config('recoup.today', :day, true)"), {"day": day.isoformat()})


def test_what_has_moved_leaves_nothing_behind(connection: Connection, sellers: list[int]) -> None:
    at(connection, TODAY)
    connection.execute(text("update item set deadline_on = deadline_on + 40"))
    refresh_rollups(connection, sellers)
    for stages in (RUNNING, ("ready",)):
        told = summed(connection, sellers, stages, "")
        assert mapped(connection, [EVERY_ACCOUNT], stages, "") == told
