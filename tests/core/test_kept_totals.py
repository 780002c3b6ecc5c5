"""The totals that the pages read are what the items add up to, on every day, and nobody has to wait for another."""

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Connection, text

from core.database.access import people
from core.database.locks import try_to_compact
from core.database.rollups.totals import bump_versions, fill_empty_rollups, refresh_rollups
from core.detect import detect
from core.laws import check_all
from core.lists import page
from core.queries.expiring import currencies
from core.queries.item_filter import RUNNING, ItemFilter
from core.queries.marketplace import categories
from core.queries.overview import amounts, detected, expiring
from core.queries.paging import Position
from core.reporting.rollups import EVERY_ACCOUNT, ROLLUPS
from tests.conftest import Database, Filled, Server, filled
from tests.core.reports import Reports

TODAY = date(2026, 7, 20)
SUMMED = """
    select currency, channel, marketplace, category_group, category, stage, count(*) as items, sum(units) as units,
        coalesce(sum(amount), 0) as amount, count(*) filter (where amount is null) as items_without_value
    from derived.staged_amount
    where account_id = any(:accounts)
    group by currency, channel, marketplace, category_group, category, stage
"""
WHOLE = "select coalesce(sum(items), 0) from item_total where part = 'detected' and account_id"


def _sellers(connection: Connection) -> list[int]:
    """Two sellers whose items are in every stage, with and without a value, in review and sure at once."""
    ids = []
    for code in ("ACME", "OTHER"):
        seller = Reports(connection, code)
        seller.costs("4.00", since="2026-01-01")
        for month in (1, 3, 5, 6, 7):
            seller.lost(month, on=f"2026-{month:02}-03")
        seller.reimbursed(2, "21.00", on="2026-05-05", case="9")
        seller.reimbursed(1, "3.00", on="2026-06-30")
        seller.filed("7", on="2026-07-10", units=1)
        detect(connection, seller.account_id)
        ids.append(seller.account_id)
    connection.execute(text("update item set units_doubtful = 1, rest = 0.5 where units_open > 2"))
    connection.execute(text("update item set unit_value = null where units = 7"))
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
    """Two sellers whose items are in every stage, with and without a value, in review and sure at once."""
    return with_sellers.told


def days() -> Iterator[date]:
    yield from (TODAY + timedelta(days=each) for each in range(-240, 120, 7))


def kept(connection: Connection, accounts: list[int]) -> set[tuple[Any, ...]]:
    return set(amounts(connection, accounts).drop(columns="total").itertuples(index=False, name=None))


def summed(connection: Connection, accounts: list[int]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(text(SUMMED), {"accounts": accounts})}


def test_on_every_day_the_kept_totals_are_what_the_items_add_up_to(connection: Connection, sellers: list[int]) -> None:
    stages = set()
    for day in days():
        connection.execute(text("select set_config('recoup.today', :day, true)"), {"day": day.isoformat()})
        for accounts in (sellers, sellers[:1]):
            assert kept(connection, accounts) == summed(connection, accounts), day
        assert kept(connection, [EVERY_ACCOUNT]) == kept(connection, sellers), day
        stages |= set(amounts(connection, sellers)["stage"])
    assert {"ready", "future", "review", "expired", "claimed"} <= stages


@pytest.mark.parametrize("span", [(None, None), ("7 days", None), ("30 days", "6 days"), ("2 months", "-1 day")])
@pytest.mark.parametrize("stages", [RUNNING, ("ready",), ("review", "in_case"), ("expired", "denied", "reversed")])
def test_the_sum_above_a_list_is_the_sum_of_its_rows(
    connection: Connection, sellers: list[int], stages: tuple[str, ...], span: tuple[str | None, str | None]
) -> None:
    wanted = ItemFilter("amazon", stages, within=span[0], after=span[1])
    for day in (TODAY + timedelta(days=each) for each in range(-60, 90, 13)):
        connection.execute(text("select set_config('recoup.today', :day, true)"), {"day": day.isoformat()})
        listed = page(connection, sellers, "items", wanted, "soonest", Position())
        above = categories(connection, sellers, wanted)
        assert int(above["items"].sum()) == len(listed)
        assert sum(above["amount"]) == sum(value for value in listed["amount"] if value is not None)


def test_what_changes_of_an_account_changes_the_sum_over_all(connection: Connection, sellers: list[int]) -> None:
    before = [connection.execute(text(f"{WHOLE} {which}")).scalar_one() for which in ("= 0", "<> 0")]
    assert before[0] == before[1] > 0
    another = Reports(connection, "ANOTHER")
    another.lost(4, on="2026-07-01")
    detect(connection, another.account_id)
    after = [connection.execute(text(f"{WHOLE} {which}")).scalar_one() for which in ("= 0", "<> 0")]
    assert after == [each + 1 for each in before]


@pytest.mark.parametrize("move", ["deadline_on = deadline_on + 40", "currency = 'CAD'"])
def test_what_has_moved_leaves_nothing_behind_in_the_sums_over_all(
    connection: Connection, sellers: list[int], move: str
) -> None:
    connection.execute(text("select set_config('recoup.today', '2026-01-10', true)"))
    connection.execute(text(f"update item set {move}"))
    refresh_rollups(connection, sellers)
    wanted = ItemFilter(None, RUNNING)
    of_all, of_each = (categories(connection, ids, wanted) for ids in ([EVERY_ACCOUNT], sellers))
    assert len(of_each)
    assert of_all.to_dict("records") == of_each.to_dict("records")
    for question in (detected, expiring, currencies):
        rows = [question(connection, ids) for ids in ([EVERY_ACCOUNT], sellers)]
        one, other = (row if isinstance(row, list) else row.to_dict("records") for row in rows)
        assert one == other


def test_an_account_that_is_removed_is_in_no_sum_any_more(connection: Connection, sellers: list[int]) -> None:
    for code in ("ACME", "OTHER"):
        people.remove_account(connection, code)
    for total in ROLLUPS:
        left = connection.execute(
            text(f"select sum({total.sums[0]}) from {total.name} group by {', '.join(total.key)}")
        ).scalars()
        assert set(left) <= {0}, total.name
    assert check_all(connection) == []


def test_many_changes_are_put_together_and_stay_the_same_sum(
    connection: Connection, sellers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.database.rollups.totals._COMPACT_ABOVE", 10)
    monkeypatch.setattr("core.database.rollups.totals._CHECK_EVERY", 1)
    rows = "select count(*) from item_total where account_id = 0"
    before = connection.execute(text(f"{WHOLE} = 0")).scalar_one()
    for units in range(8):
        connection.execute(text("update item set units_in_kind = :more, units = units + 1"), {"more": units + 1})
        refresh_rollups(connection, sellers)
    assert connection.execute(text(f"{WHOLE} = 0")).scalar_one() == before
    keys = "select count(*) from (select distinct marketplace, category, currency, part from item_total) as k"
    assert connection.execute(text(rows)).scalar_one() <= 2 * connection.execute(text(keys)).scalar_one() + 10


def test_every_eighth_change_of_an_account_looks_for_changes_to_put_together(
    connection: Connection, sellers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(
        "core.database.rollups.totals.compact", lambda _connection, total, _sums: looked_at.append(total.name)
    )
    turns = []
    for _ in range(16):
        refresh_rollups(connection, sellers[:1])
        bump_versions(connection, sellers[:1])
        turns.append(len(looked_at))
        looked_at.clear()
    assert sorted(turns) == [0] * 14 + [len(ROLLUPS)] * 2
    assert turns[:8] == turns[8:]


def test_totals_that_a_migration_has_to_make_are_made(connection: Connection, sellers: list[int]) -> None:
    for total in ROLLUPS:
        connection.execute(text(f"delete from {total.name}"))
    fill_empty_rollups(connection)
    assert kept(connection, sellers) == summed(connection, sellers)
    assert connection.execute(text(f"{WHOLE} = 0")).scalar_one() > 0


def test_two_accounts_are_synced_at_once_and_neither_waits(database: Database) -> None:
    with database.owner.begin() as setting_up:
        sellers = [Reports(setting_up, code) for code in ("FIRST", "SECOND")]
        for seller in sellers:
            seller.lost(2, on="2026-07-01")
    ids = [seller.account_id for seller in sellers]
    done = Event()

    def second() -> None:
        with database.owner.begin() as connection:
            detect(connection, ids[1])
        done.set()

    with database.owner.begin() as connection:
        detect(connection, ids[0])
        other = Thread(target=second)
        other.start()
        assert done.wait(20), "the second waits for the first, whose transaction is open"
        other.join()
    with database.owner.connect() as connection:
        assert [each for each in check_all(connection) if each.law == "totals_are_kept"] == []


def test_who_puts_changes_together_keeps_nobody_out(database: Database) -> None:
    with database.owner.begin() as holder:
        assert try_to_compact(holder, ROLLUPS[0].name)
        with database.owner.begin() as connection:
            connection.execute(text("set local lock_timeout = '2s'"))
            seller = Reports(connection, "THIRD")
            seller.lost(2, on="2026-07-01")
            detect(connection, seller.account_id)


def test_every_total_says_its_grain() -> None:
    for total in ROLLUPS:
        assert total.query.startswith("-- one row per account")
