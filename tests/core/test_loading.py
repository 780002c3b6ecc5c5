"""An import from a page has rights over the one account that it is for, and its user's rights only."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.database import engine
from core.database.access.loading import issue_ticket, redeem
from core.database.engine import engine_for
from core.database.merge import RowCounts
from core.detect import run
from core.detect.groups import changed
from core.detect.groups.judged import last_circumstances
from core.errors import AccessDenied
from loaders.__main__ import main
from loaders.accounts import account_with_code
from loaders.read.archives import Report
from loaders.store.attempt import Options
from loaders.store.sync import sync_file
from tests.conftest import Database, Filled
from tests.core.importing import loader_engine
from tests.core.sellers import ACME, OTHER, Sellers, count, tenant_tables
from tests.loaders.reports import ledger


@pytest.fixture(scope="module")
def template(with_two_sellers: Filled[Sellers]) -> str:
    return with_two_sellers.name


@pytest.fixture
def sellers(database: Database, with_two_sellers: Filled[Sellers]) -> Sellers:
    return with_two_sellers.told


def test_it_sees_and_writes_its_account_and_no_other(database: Database, sellers: Sellers) -> None:
    with database.owner.connect() as owner:
        tables = [table for table in tenant_tables(owner) if table != "service_request" and table != "user_account"]
    loading = loader_engine(sellers.acmes_seller, ACME.lower())
    with loading.begin() as connection:
        for table in tables:
            query = text(f"select array_agg(distinct account_id) from {table}")
            assert connection.execute(query).scalar() == [sellers.acme], table
        connection.execute(text("delete from item_evidence"))
        connection.execute(text("update item set note = 'touched'"))
    with database.owner.connect() as owner:
        touched = owner.execute(text("select distinct account_id from item where note = 'touched'")).scalars().all()
        assert touched == [sellers.acme]
        left = owner.execute(text("select distinct account_id from item_evidence")).scalars().all()
        assert left == [sellers.other]
    moving = text("update sourcing_cost set account_id = :other")
    with loading.connect() as connection, pytest.raises(DBAPIError, match="row-level security"):
        connection.execute(moving, {"other": sellers.other})
    loading.dispose()


@pytest.mark.parametrize("user", ["others_seller", "nobody"])
def test_an_account_that_is_not_the_users_can_not_be_loaded(sellers: Sellers, user: str) -> None:
    for code in (ACME, "NOT-THERE"):
        with pytest.raises(AccessDenied, match=f"Account {code} not found, or you don't have access"):
            issue_ticket(getattr(sellers, user), code)


def test_a_ticket_is_good_once_and_for_ten_minutes(database: Database, sellers: Sellers) -> None:
    ticket = issue_ticket(sellers.acmes_seller, ACME)
    redeem(ticket).engine.dispose()
    late = issue_ticket(sellers.acmes_seller, ACME)
    with database.owner.begin() as owner:
        owner.execute(text("update import_ticket set issued_at = now() - interval '11 minutes'"))
    for each in (ticket, late, "", "guessed"):
        with pytest.raises(AccessDenied, match="begun before, or too long ago"):
            redeem(each)


def test_a_setting_alone_opens_no_account(database: Database, sellers: Sellers) -> None:
    """Whoever has the login of imports, and no ticket, has nothing: not even while another import is under way."""
    loading = loader_engine(sellers.acmes_seller, ACME)
    with database.owner.connect() as owner:
        hashes = owner.execute(text("select encode(ticket_hash, 'hex') from import_ticket")).scalars().all()
    settings = [
        *(f"set recoup.loading = {account}" for account in (sellers.acme, sellers.other)),
        f"set recoup.accounts = '{{{sellers.acme},{sellers.other}}}'",
        f"set recoup.user_id = {sellers.staff}",
        "set recoup.import = '00000000-0000-0000-0000-000000000000'",
        *(f"set recoup.import = '{each[:32]}'" for each in hashes),
    ]
    with engine_for(database.url_of(engine.LOADER)).connect() as connection:
        for setting in settings:
            connection.execute(text(setting))
            assert [count(connection, table) for table in ("item", "account", "inventory_event")] == [0, 0, 0], setting
        for statement in (
            "select * from import_ticket",
            "select issue_ticket('ACME', '')",
            "insert into sourcing_cost (account_id) values (1)",
        ):
            with pytest.raises(DBAPIError, match=r"denied|row-level security"), connection.begin_nested():
                connection.execute(text(statement))
    engine_for(database.url_of(engine.LOADER)).dispose()
    loading.dispose()


def test_an_import_ends_where_its_user_loses_the_account(database: Database, sellers: Sellers) -> None:
    loading = loader_engine(sellers.acmes_seller, ACME)
    with database.owner.begin() as owner:
        owner.execute(text("delete from user_account where user_id = :id"), {"id": sellers.acmes_seller})
    with pytest.raises(AccessDenied, match="no longer yours"), loading.begin():
        pass
    loading.dispose()


def test_without_a_name_it_sees_nothing(database: Database, sellers: Sellers) -> None:
    with engine_for(database.url_of(engine.LOADER)).connect() as connection:
        assert [count(connection, table) for table in ("item", "account", "inventory_event")] == [0, 0, 0]
    engine_for(database.url_of(engine.LOADER)).dispose()


def test_it_reads_no_person_and_no_log(database: Database, sellers: Sellers) -> None:
    loading = loader_engine(sellers.acmes_seller, ACME)
    for table in ("app_user", "user_account", "audit_log", "user_session", "saved_view", "login", "service_request"):
        with loading.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
            count(connection, table)
    loading.dispose()


def test_only_the_team_brings_team_files(sellers: Sellers) -> None:
    for user, may in ((sellers.acmes_seller, False), (sellers.manager, False), (sellers.staff, True)):
        admission = redeem(issue_ticket(user, ACME))
        assert admission.may_bring_team_files is may
        admission.engine.dispose()


class TestCommand:
    """`python -m loaders sync` as a page starts it."""

    COSTS = "sku,marketplace,unit_cost,currency,valid_from\nMUG-9,,4.20,USD,2026-01-01\n"
    CASES = "case_id,marketplace,opened_on,category\n77,AMAZON_US,2026-07-10,inventory_lost\n"

    def sync(self, sellers: Sellers, folder: Path, account: str) -> Result:
        arguments = ["sync", str(folder), "--account", account, "--json", "--with-ticket"]
        return CliRunner().invoke(main, arguments, input=issue_ticket(sellers.acmes_seller, ACME))

    def test_a_seller_brings_costs_and_no_cases(self, sellers: Sellers, tmp_path: Path) -> None:
        folder = tmp_path / "reports"
        folder.mkdir()
        for name, content in (("costs.csv", self.COSTS), ("cases.csv", self.CASES)):
            (folder / name).write_text(content)
        ran = self.sync(sellers, folder, ACME)
        assert {file["file"]: file["status"] for file in json.loads(ran.stdout)["files"]} == {
            "cases.csv": "refused",
            "costs.csv": "taken",
        }
        assert ran.exit_code == 4

    def test_another_account_takes_nothing(self, sellers: Sellers, tmp_path: Path) -> None:
        (tmp_path / "costs.csv").write_text(self.COSTS)
        ran = self.sync(sellers, tmp_path, OTHER)
        assert ran.exit_code != 0
        assert "no account OTHER" in ran.stderr + str(ran.exception)


def test_a_load_lets_the_server_know_the_tables_that_it_filled_first(database: Database, sellers: Sellers) -> None:
    unknown = text("select reltuples < 0 from pg_class where relname = 'inventory_event'")
    with database.owner.connect() as owner:
        assert owner.execute(unknown).scalar_one()
    loading = loader_engine(sellers.acmes_seller, ACME)
    with loading.begin() as connection:
        connection.execute(text("select gather_statistics()"))
    loading.dispose()
    with database.owner.connect() as owner:
        assert not owner.execute(unknown).scalar_one()


def test_an_import_detects_what_it_touched_in_a_large_account(
    database: Database, sellers: Sellers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "LARGE", 0)
    with database.owner.begin() as owner:
        run.detect_all(owner, [sellers.acme])
    loading = loader_engine(sellers.acmes_seller, ACME)
    with loading.connect() as connection:
        account = account_with_code(connection, ACME)
    detect_parts, judged = changed.detect_parts, []

    def spy(*values: Any) -> Mapping[str, RowCounts]:
        judged.append(values)
        return detect_parts(*values)

    monkeypatch.setattr(changed, "detect_parts", spy)
    for reference in ("1", "2"):  # the first is the newest data; the second touches its product only
        row = {"Event Type": "Adjustments", "Reason": "M", "Quantity": "-1", "Reference ID": reference}
        path = tmp_path / f"ledger_{reference}.tsv"
        path.write_text(ledger(row), encoding="utf-8")
        assert sync_file(loading, account, Report(path, path.name), Options()).new == 1
        with loading.begin() as connection:
            assert run.detect(connection, sellers.acme).new == 1
    assert judged
    loading.dispose()
    with database.owner.connect() as owner:
        assert last_circumstances(owner, sellers.acme) is not None
        anew = run.detect_and_write(owner, [sellers.acme])[sellers.acme]
        owner.rollback()
    assert not any(rows.new or rows.changed or rows.gone for rows in anew.values())
