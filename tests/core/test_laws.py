"""The check finds what does not hold: each law is broken by hand once, so that none can pass by being asleep."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from core.detect import detect
from core.laws import LAWS, check_all
from tests.conftest import Database, Filled, Server, filled
from tests.core.commands import core
from tests.core.reports import Reports

BROKEN = {
    "adds_up": ("update item set detected = detected + 0.01", "detected, "),
    "claimed_is_paid": ("update reimbursement set amount = amount + 0.01", "in reimbursement rows"),
    "units_in_one_stage": (
        "alter table item drop constraint item_units_in_one_stage; update item set units_claimed = units_claimed + 1",
        "its stages another number",
    ),
    "totals_are_kept": ("update item_total set items = items + 1", "of item_total, 0 rows would be new"),
    "detecting_again_changes_nothing": ("update item set note = 'edited'", "of item, 0 rows would be new, 1 changed"),
    "row_security": ("alter table item disable row level security", "table item has no row security"),
    "claim_windows": ("update item set window_rule = 'no_such_rule'", "judged by no_such_rule"),
}
"""For each law a statement that breaks it, and what must be said then."""


def _acme(connection: Connection) -> Reports:
    Reports(connection, "OTHER").lost(1, on="2026-07-01")
    acme = Reports(connection)
    acme.costs("4.00", since="2026-01-01")
    acme.lost(5, on="2026-07-01")
    acme.reimbursed(2, "21.00", on="2026-07-05", case="9")
    acme.filed("7", on="2026-07-10", units=1)
    for account in connection.execute(text("select account_id from account")).scalars().all():
        detect(connection, account)
    return acme


@pytest.fixture(scope="module")
def with_acme(server: Server, migrated: str) -> Iterator[Filled[Reports]]:
    """A database with the seller, made once."""
    with filled(server, migrated, _acme) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_acme: Filled[Reports]) -> str:
    """Every test here begins with the seller."""
    return with_acme.name


@pytest.fixture
def acme(connection: Connection, with_acme: Filled[Reports]) -> Reports:
    return with_acme.told.over(connection)


def broken_laws(connection: Connection) -> set[str]:
    return {violation.law for violation in check_all(connection)}


def test_nothing_is_wrong_with_what_was_detected(acme: Reports) -> None:
    assert check_all(acme.connection) == []


def test_an_empty_database_holds_all_laws(server: Server, migrated: str) -> None:
    empty = create_engine(server.url.set(database=migrated))
    with empty.connect() as connection:
        assert check_all(connection) == []
    empty.dispose()


def test_every_law_has_a_way_to_be_broken() -> None:
    assert set(BROKEN) == set(LAWS)


@pytest.mark.parametrize("law", BROKEN)
def test_a_broken_law_is_named_with_what_broke_it(acme: Reports, law: str) -> None:
    statement, said = BROKEN[law]
    for each in statement.split("; "):
        acme.connection.execute(text(each))
    violations = [violation for violation in check_all(acme.connection) if violation.law == law]
    assert violations
    assert any(said in violation.what for violation in violations), violations


def test_amounts_are_checked_account_by_account(acme: Reports) -> None:
    acme.connection.execute(
        text("update item set detected = detected + 1 where account_id = :id"), {"id": acme.account_id}
    )
    violation = next(violation for violation in check_all(acme.connection) if violation.law == "adds_up")
    assert (violation.account, violation.currency) == ("ACME", "USD")


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("delete from item_evidence where role = 'paid'", "item_evidence"),
        ("update claim_case set recovered_amount = 1 where case_id = '9'", "claim_case"),
        ("update claim_case_item set units = units + 1 where case_id = '7'", "claim_case_item"),
        ("delete from item where units = 5", "item"),
    ],
)
def test_what_was_written_beside_the_items_is_checked_too(acme: Reports, statement: str, table: str) -> None:
    acme.connection.execute(text(statement))
    assert any(violation.what.startswith(f"of {table},") for violation in check_all(acme.connection))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "create policy all_of_it on item for select to recoup_app using (true)",
            "policy all_of_it of item shows every",
        ),
        ("create policy all_of_it on item for select using (true)", "policy all_of_it of item shows every"),
        ("drop policy item_of_granted on item", "table item has no policy that names who is asking"),
        ("create table note (account_id int)", "table note has no row security"),
        ("create view reporting.peep as select * from item", "view reporting.peep does not read as its reader"),
    ],
)
def test_a_hole_in_row_security_is_found(connection: Connection, statement: str, said: str) -> None:
    connection.execute(text(statement))
    assert [violation.what.startswith(said) for violation in check_all(connection)] == [True]


def test_checking_changes_nothing(acme: Reports) -> None:
    acme.connection.execute(text("update item set note = 'edited'"))
    before = acme.connection.execute(text("select * from item order by account_id, item_id")).all()
    assert broken_laws(acme.connection) == {"detecting_again_changes_nothing"}
    assert acme.connection.execute(text("select * from item order by account_id, item_id")).all() == before


class TestCommand:
    """`python -m core check`."""

    @pytest.mark.usefixtures("database")
    def test_it_says_yes_with_exit_code_0(self) -> None:
        said = core("check")
        assert (said.exit_code, said.stderr) == (0, "")
        assert said.stdout.count("✓") == len(LAWS)

    def test_it_says_what_is_broken_with_exit_code_1(self, database: Database) -> None:
        with database.owner.begin() as connection:
            connection.execute(text("alter table item disable row level security"))
        said = core("check")
        assert said.exit_code == 1
        assert said.stdout.count("✗") == 1
        assert said.stderr == "row_security: table item has no row security\n"

    def test_as_json_it_is_one_object(self, database: Database) -> None:
        assert json.loads(core("check", "--json").stdout) == {
            "laws": {law: {"holds": True, "meaning": meaning} for law, meaning in LAWS.items()},
            "violations": [],
        }
        with database.owner.begin() as connection:
            connection.execute(text("alter table item disable row level security"))
        said = core("check", "--json")
        answer = json.loads(said.stdout)
        assert (said.exit_code, said.stderr) == (1, "")
        assert [law for law, state in answer["laws"].items() if not state["holds"]] == ["row_security"]
        assert answer["violations"] == [
            {"law": "row_security", "account": "", "currency": "", "what": "table item has no row security"}
        ]
