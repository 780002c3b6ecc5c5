"""What is known of each report is what all attempts to sync it tell, whatever order they came in."""

import random
from datetime import UTC, date, datetime, time, timedelta
from threading import Thread
from time import monotonic

import pytest
from sqlalchemy import Connection, text

from core.database.access import people
from core.database.rollups.report_states import differing_reports, refresh_outdated_report_states
from core.database.rollups.totals import record_sync
from core.laws import check_all
from core.queries.data_sync import states
from tests.conftest import Database

TODAY = date(2026, 7, 20)
FORMATS = ("amazon_ledger_detail", "amazon_settlement_v2", "amazon_replacements", "sourcing_costs", "of_old", None)
STATES = "select account_id, format, files, holes, next_expected_on, rhythm from report_state order by 1, 2"
ATTEMPT = """
    insert into sync_run (account_id, format, file, sha256, started_at, finished_at, status, message, rows, new,
        changed, unchanged, refused, data_from, data_through)
    values (:account_id, :format, 'file', '0', :at, :at, :status, '', :rows, :rows, 0, 0, 1, :since, :through)
    returning run_id
"""


@pytest.fixture
def accounts(connection: Connection) -> list[int]:
    return [people.add_account(connection, code, code, ["AMAZON_US"]) for code in ("ACME", "OTHER")]


def attempt(
    connection: Connection, account_id: int, report: str | None, *, days: int, status: str = "taken", span: int = 0
) -> None:
    """An attempt so many days ago to take in a file with the rows of the days before it."""
    through = None if status == "refused" else TODAY - timedelta(days=days)
    row = {
        "account_id": account_id,
        "format": report,
        "at": datetime.combine(TODAY - timedelta(days=days), time(12), UTC),
        "status": status,
        "rows": 5 * span,
        "since": through and through - timedelta(days=span),
        "through": through,
    }
    record_sync(connection, account_id, connection.execute(text(ATTEMPT), row).scalar_one())


@pytest.mark.parametrize("seed", range(3))
def test_each_attempt_leaves_the_state_that_all_of_them_tell(
    connection: Connection, accounts: list[int], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same attempts in every run
    for _ in range(60):
        report = chance.choice(FORMATS)
        status = chance.choice(("taken", "taken", "already_taken", "refused")) if report else "refused"
        days, span = chance.randrange(400), chance.randrange(30)
        attempt(connection, chance.choice(accounts), report, days=days, status=status, span=span)
        assert differing_reports(connection, accounts) == {}
    found = connection.execute(text(STATES)).all()
    assert {row.format for row in found} == {each or "" for each in FORMATS}
    assert any(row.holes for row in found)
    assert any(row.next_expected_on for row in found)


def test_a_state_that_is_not_what_the_attempts_tell_is_found(connection: Connection, accounts: list[int]) -> None:
    attempt(connection, accounts[0], "amazon_replacements", days=3)
    assert check_all(connection) == []
    connection.execute(text("update report_state set files = files + 1"))
    assert [each.what for each in check_all(connection)] == ["of report_state, 1 differ from their attempts"]


@pytest.mark.parametrize("before", ["delete from report_state", "update report_state set rhythm = 'x', quiet_days = 1"])
def test_states_are_kept_where_there_are_none_and_where_the_registry_knows_better(
    connection: Connection, accounts: list[int], before: str
) -> None:
    attempt(connection, accounts[0], "amazon_replacements", days=3)
    attempt(connection, accounts[1], None, days=3, status="refused")
    kept = connection.execute(text(STATES)).all()
    connection.execute(text(before))
    refresh_outdated_report_states(connection)
    assert connection.execute(text(STATES)).all() == kept
    assert differing_reports(connection, accounts) == {}


def test_an_account_that_is_removed_has_no_reports(connection: Connection, accounts: list[int]) -> None:
    attempt(connection, accounts[0], "amazon_replacements", days=3)
    people.remove_account(connection, "ACME")
    assert connection.execute(text(STATES)).all() == []


def test_a_file_of_no_known_report_is_no_report(connection: Connection, accounts: list[int]) -> None:
    attempt(connection, accounts[0], None, days=3, status="refused")
    assert not any(map(len, states(connection, accounts)["refused"]))


def wait_until_it_waits(database: Database, other: Thread) -> None:
    waits = (
        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
    )
    deadline = monotonic() + 20
    with database.owner.connect() as connection:
        while not connection.execute(text(waits)).scalar_one():
            assert other.is_alive(), "it did not wait for the first attempt"
            assert monotonic() < deadline
            connection.rollback()  # what is seen of others' doings stays the same within a transaction


def test_two_attempts_at_once_are_both_counted(database: Database) -> None:
    with database.owner.begin() as setting_up:
        account_id = people.add_account(setting_up, "ACME", "ACME", ["AMAZON_US"])

    def second() -> None:
        with database.owner.begin() as connection:
            attempt(connection, account_id, "amazon_replacements", days=1)

    other = Thread(target=second)
    with database.owner.begin() as connection:
        attempt(connection, account_id, "amazon_replacements", days=2)
        other.start()
        wait_until_it_waits(database, other)
    other.join(20)
    assert not other.is_alive()
    with database.owner.connect() as connection:
        assert [row.files for row in connection.execute(text(STATES))] == [2]
