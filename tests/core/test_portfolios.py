"""An account manager reads sums over its accounts: they are what the accounts add up to, whatever comes and goes, and
are given as long as they are over what is granted, to nobody else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Event, Thread
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Integer, column, create_engine, select, text
from sqlalchemy import table as sql_table
from sqlalchemy.exc import DBAPIError

from core.database.access import logins, people, visitor
from core.database.engine import app_engine
from core.database.migrate import migrate
from core.database.rollups.totals import refresh_rollups
from core.laws import check_all
from core.queries import follow_ups, payments
from core.queries.case_tracker import CaseFilter, by_status
from core.queries.follow_ups import FollowUpFilter
from core.queries.item_filter import ItemFilter
from core.queries.marketplace import categories
from core.queries.overview import detected
from core.queries.payments import PaymentFilter
from core.reporting.rollups import EVERY_ACCOUNT, ROLLUPS
from core.ui.shell.view import Scope
from core.vocabulary import STAGES
from tests.bench.questions import QUESTIONS, SUMMED, Question
from tests.conftest import Database, Filled, Server, filled
from tests.core.detect.ordering import OrderReports
from tests.core.importing import loader_engine
from tests.core.sellers import with_everything

LOGIN = "bi_of_a_manager"
MANAGER, OTHERS_MANAGER, SELLER = "mia@recoup.example", "max@recoup.example", "anna@acme.example"
CODES = ("ACME", "OTHER", "THIRD")
TODAY = date(2026, 7, 20)


@dataclass(frozen=True)
class Agency:
    """The ids of three sellers with everything, of a manager of the first two, one of the last two, and a seller with
    two accounts.
    """

    accounts: list[int]
    manager: int
    others_manager: int
    seller: int


def three_sellers(connection: Connection) -> Agency:
    return Agency(
        [with_everything(OrderReports(connection, code)) for code in CODES],
        people.add_user(connection, MANAGER, "account_manager", CODES[:2]),
        people.add_user(connection, OTHERS_MANAGER, "account_manager", CODES[1:]),
        people.add_user(connection, SELLER, "seller", CODES[:2]),
    )


@pytest.fixture(scope="module")
def with_agency(server: Server, migrated: str) -> Iterator[Filled[Agency]]:
    with filled(server, migrated, three_sellers) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_agency: Filled[Agency]) -> str:
    return with_agency.name


@pytest.fixture
def agency(database: Database, with_agency: Filled[Agency]) -> Agency:
    return with_agency.told


def summed(user_id: int) -> tuple[int, ...]:
    """What a user's sums are asked of, with all that is granted to it."""
    with visitor.reading(user_id) as (_, viewer):
        return Scope(user_id, viewer.role, viewer.granted, "1").of_sums(viewer)


def accounts_seen(connection: Connection, table: str) -> set[int]:
    account_id = column("account_id", Integer)
    return set(connection.execute(select(account_id).distinct().select_from(sql_table(table))).scalars())


def told(answer: Any) -> Any:
    return answer.to_dict("records") if isinstance(answer, pd.DataFrame) else answer


def in_order(rows: Any) -> Any:
    return sorted(map(str, rows)) if isinstance(rows, list) else rows


def answers(connection: Connection, accounts: Sequence[int]) -> dict[str, Any]:
    return {name: in_order(told(QUESTIONS[name](connection, accounts))) for name in sorted(SUMMED)}


def test_every_sum_over_the_portfolio_is_what_its_accounts_add_up_to_on_any_day(agency: Agency) -> None:
    assert summed(agency.manager) == (-agency.manager,)
    with visitor.reading(agency.manager) as (connection, viewer):
        for day in (TODAY + timedelta(days=each) for each in (-60, -14, 0, 20, 90, 400)):
            connection.execute(text(f"set local recoup.today = '{day}'"))
            assert answers(connection, (-agency.manager,)) == answers(connection, viewer.granted), day
        assert len(detected(connection, (-agency.manager,)))


def sync(account_id: int) -> Callable[[Connection], None]:
    """A transaction of an account that finds one unit more of each item."""
    found = text(
        "update item set units = units + 1, units_open = units_open + 1, detected = detected + 5"
        " where account_id = :account_id and unit_value is not null"
    )

    def act(connection: Connection) -> None:
        connection.execute(found, {"account_id": account_id})
        refresh_rollups(connection, [account_id])

    return act


def grant(code: str) -> Callable[[Connection], None]:
    return lambda connection: people.grant(connection, MANAGER, code)


def revoke(code: str) -> Callable[[Connection], None]:
    return lambda connection: people.revoke(connection, MANAGER, code)


def grant_unsaid(connection: Connection) -> None:
    """A grant that somebody wrote into the table."""
    connection.execute(
        text(
            "insert into user_account (user_id, account_id)"
            " select user_id, account_id from app_user, account where email = :email and code = 'THIRD'"
        ),
        {"email": MANAGER},
    )


SEARCHES: dict[str, Question] = {
    "follow-ups": lambda connection, of: follow_ups.sums(connection, of, "underpaid", FollowUpFilter("ACME-SKU", True)),
    "items": lambda connection, of: categories(connection, of, ItemFilter(None, tuple(STAGES), search="ACME-SKU")),
    "payments": lambda connection, of: payments.sums(connection, of, PaymentFilter(search="ACME-SKU")),
    "cases": lambda connection, of: by_status(connection, of, CaseFilter((), goods="ACME-SKU")),
}


@pytest.mark.parametrize("what", SEARCHES)
def test_what_a_search_finds_in_a_portfolio_is_what_it_finds_in_the_accounts(agency: Agency, what: str) -> None:
    with visitor.reading(agency.manager) as (connection, viewer):
        found = told(SEARCHES[what](connection, (-agency.manager,)))
        assert in_order(found) == in_order(told(SEARCHES[what](connection, viewer.granted))) != []
    with visitor.reading(agency.others_manager) as (connection, _):
        assert told(SEARCHES[what](connection, (-agency.others_manager,))) == []


CHANGES: dict[str, Callable[[Agency], Sequence[Callable[[Connection], None]]]] = {
    "nothing": lambda _: (),
    "syncs of its accounts": lambda agency: [sync(each) for each in agency.accounts],
    "one more account": lambda _: [grant("THIRD")],
    "one less": lambda _: [grant("THIRD"), revoke("ACME")],
    "one given twice and taken twice": lambda _: [*[grant("THIRD")] * 2, *[revoke("THIRD")] * 2],
    "a sync, then another manager": lambda agency: [revoke("ACME"), sync(agency.accounts[0]), grant("ACME")],
    "an account that goes": lambda _: [
        grant("THIRD"),
        lambda connection: people.remove_account(connection, "OTHER"),
    ],
    "a grant behind its back, and a migration": lambda _: [grant_unsaid, lambda _: migrate()],
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_sums_follow(database: Database, agency: Agency, what: str) -> None:
    for change in CHANGES[what](agency):
        with database.owner.begin() as connection:
            change(connection)
    assert summed(agency.manager) == (-agency.manager,)
    with visitor.reading(agency.manager) as (connection, viewer):
        assert answers(connection, (-agency.manager,)) == answers(connection, viewer.granted)
    with database.owner.connect() as connection:
        assert [each for each in check_all(connection) if each.law == "totals_are_kept"] == []


def test_sums_over_what_is_not_granted_any_more_are_not_to_be_read(database: Database, agency: Agency) -> None:
    unsaid = text("delete from user_account where user_id = :user_id and account_id = :account_id")
    with database.owner.begin() as connection:
        connection.execute(unsaid, {"user_id": agency.manager, "account_id": agency.accounts[0]})
    assert summed(agency.manager) == (agency.accounts[1],)
    with visitor.reading(agency.manager) as (connection, viewer):
        assert viewer.portfolio is None
        assert {each for total in ROLLUPS for each in accounts_seen(connection, total.name)} == {agency.accounts[1]}


def test_what_is_revoked_while_a_question_is_asked_is_in_all_of_its_answer(database: Database, agency: Agency) -> None:
    with visitor.reading(agency.manager) as (connection, viewer):
        before = answers(connection, viewer.granted)
        with database.owner.begin() as owner:
            people.revoke(owner, MANAGER, "ACME")
        assert answers(connection, (-agency.manager,)) == before
    assert summed(agency.manager) == (agency.accounts[1],)


def test_nobody_reads_the_sums_of_another(agency: Agency) -> None:
    own = {
        agency.manager: {-agency.manager, *agency.accounts[:2]},
        agency.others_manager: {-agency.others_manager, *agency.accounts[1:]},
        agency.seller: set(agency.accounts[:2]),
    }
    for user_id, accounts in own.items():
        with visitor.reading(user_id) as (connection, _):
            for total in ROLLUPS:
                assert accounts_seen(connection, total.name) == accounts, (user_id, total.name)


def test_a_login_of_a_manager_reads_the_accounts_alone(database: Database, agency: Agency) -> None:
    with database.owner.begin() as connection:
        password = logins.add(connection, LOGIN, agency.manager)
    engine = create_engine(database.url_of(LOGIN, password))
    with engine.connect() as connection:
        for total in ROLLUPS:
            assert accounts_seen(connection, total.name) == set(agency.accounts[:2]), total.name
    engine.dispose()
    with database.owner.begin() as connection:
        logins.remove(connection, LOGIN)


@pytest.mark.usefixtures("agency")
def test_who_names_nobody_reads_no_sum_and_who_is_in_which_nobody_reads() -> None:
    with app_engine().connect() as connection:
        assert not any(accounts_seen(connection, total.name) for total in ROLLUPS)
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text("select accounts from portfolio"))


def test_a_part_of_the_accounts_is_added_up_from_them(agency: Agency) -> None:
    with visitor.reading(agency.manager) as (_, viewer):
        for chosen in (viewer.granted[:1], (*viewer.granted, agency.accounts[2])):
            assert Scope(agency.manager, viewer.role, chosen, "1").of_sums(viewer) == chosen


def test_a_user_that_goes_leaves_no_sums_behind(database: Database, agency: Agency) -> None:
    with database.owner.begin() as connection:
        people.remove_user(connection, MANAGER)
        for total in ROLLUPS:
            below = {each for each in accounts_seen(connection, total.name) if each < EVERY_ACCOUNT}
            assert below == {-agency.others_manager}, total.name


def test_an_import_adds_to_the_sums_that_its_account_is_in_alone(agency: Agency) -> None:
    add = text(
        "insert into payment_total (account_id, batch, channel, marketplace, currency, month, payments, paid,"
        " taken_back, recovered, reversed)"
        " values (:sums, 9, 'amazon', 'AMAZON_US', 'USD', '2026-07-01', 1, 1, 0, 1, 0)"
    )
    loading = loader_engine(agency.seller, "ACME")
    for sums, may in ((EVERY_ACCOUNT, True), (-agency.manager, True), (-agency.others_manager, False), (-99, False)):
        with loading.connect() as connection:
            if may:
                connection.execute(add, {"sums": sums})
                continue
            with pytest.raises(DBAPIError, match="row-level security"):
                connection.execute(add, {"sums": sums})
    loading.dispose()


def test_a_grant_during_a_sync_loses_nothing_of_it(database: Database, agency: Agency) -> None:
    done = Event()

    def give() -> None:
        with database.owner.begin() as connection:
            people.grant(connection, OTHERS_MANAGER, "ACME")
        done.set()

    with database.owner.begin() as connection:
        sync(agency.accounts[0])(connection)
        giving = Thread(target=give)
        giving.start()
        assert not done.wait(0.3), "what the sync changes of the account is not to be seen yet"
    giving.join(20)
    assert done.is_set()
    with visitor.reading(agency.others_manager) as (connection, viewer):
        assert answers(connection, (-agency.others_manager,)) == answers(connection, viewer.granted)
