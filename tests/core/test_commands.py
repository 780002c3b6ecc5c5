"""`python -m core`: what it prints, where it prints it, and with which exit code it ends."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from core.settings import PROJECT
from tests.conftest import Database
from tests.core.commands import core


@pytest.fixture
def acme(database: Database) -> Database:
    assert core("account", "add", "acme", "--name", "Acme Ltd", "--marketplace", "AMAZON_US").exit_code == 0
    return database


@pytest.mark.usefixtures("acme")
class TestAccountsAndUsers:
    """The commands that staff type."""

    def test_an_account_is_listed_with_its_marketplaces(self) -> None:
        added = core(
            "account", "add", "b-2", "--name", "Bee", "--marketplace", "WALMART_US", "--marketplace", "AMAZON_DE"
        )
        assert (added.exit_code, added.stdout, added.stderr) == (0, "", "Account B-2 is there.\n")
        assert core("account", "list").stdout == "ACME\tAcme Ltd\tAMAZON_US\nB-2\tBee\tAMAZON_DE WALMART_US\n"

    def test_an_account_is_removed_after_a_question(self) -> None:
        assert core("account", "remove", "ACME", answer="n\n").exit_code == 1
        assert "ACME" in core("account", "list").stdout
        assert core("account", "remove", "ACME", answer="y\n").exit_code == 0
        assert core("account", "list").stdout == ""

    def test_a_user_is_added_granted_revoked_and_removed(self) -> None:
        assert core("user", "add", "anna@acme.example", "--role", "seller").exit_code == 0
        assert core("user", "list").stdout == "anna@acme.example\tseller\t\n"
        assert core("user", "grant", "anna@acme.example", "--account", "ACME").exit_code == 0
        assert core("user", "list").stdout == "anna@acme.example\tseller\tACME\n"
        assert core("user", "revoke", "anna@acme.example", "--account", "ACME").exit_code == 0
        assert core("user", "list").stdout == "anna@acme.example\tseller\t\n"
        assert core("user", "remove", "anna@acme.example").exit_code == 0
        assert core("user", "list").stdout == ""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (
                ("account", "add", "ACME", "--name", "A", "--marketplace", "AMAZON_US"),
                "There is an account ACME already.",
            ),
            (("account", "add", "A!", "--name", "A", "--marketplace", "AMAZON_US"), "'A!' is not an account code"),
            (("account", "add", "B", "--name", "B", "--marketplace", "WALMART_CA"), "United States accounts only"),
            (("account", "remove", "NONE", "--yes"), "There is no account NONE. Known are: ACME."),
            (("user", "add", "anna", "--role", "seller"), "'anna' is not an e-mail address."),
            (("user", "add", "a@b.example", "--role", "seller", "--account", "NONE"), "There is no account NONE."),
            (("user", "remove", "a@b.example"), "There is no user a@b.example."),
            (("user", "grant", "a@b.example", "--account", "ACME"), "There is no user a@b.example."),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_what_can_not_be_done_is_said_in_a_sentence_and_nothing_is_half_done(
        self, arguments: tuple[str, ...], said: str
    ) -> None:
        result = core(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr
        assert "Traceback" not in result.stderr
        assert core("user", "list").stdout == ""
        assert core("account", "list").stdout == "ACME\tAcme Ltd\tAMAZON_US\n"

    @pytest.mark.parametrize(
        "arguments",
        [
            ("account", "add", "B", "--name", "B"),
            ("account", "add", "B", "--marketplace", "AMAZON_US"),
            ("user", "add", "a@b.example", "--role", "boss"),
            ("user", "grant", "a@b.example"),
            ("no-such-command",),
        ],
        ids=" ".join,
    )
    def test_wrong_arguments_end_with_exit_code_2(self, arguments: tuple[str, ...]) -> None:
        assert core(*arguments).exit_code == 2


class TestDatabase:
    """`migrate`, `url`, and a database that is not as it should be."""

    def test_migrating_again_changes_nothing(self, acme: Database) -> None:
        tables = text("select relname, relkind from pg_class where relnamespace = 'public'::regnamespace order by 1")
        with acme.owner.connect() as connection:
            before = connection.execute(tables).all()
        for _ in range(2):
            assert core("migrate").stderr == "The database is up to date.\n"
        with acme.owner.connect() as connection:
            assert connection.execute(tables).all() == before
        assert core("account", "list").stdout == "ACME\tAcme Ltd\tAMAZON_US\n"
        assert core("check").exit_code == 0

    def test_migrating_brings_changed_registries_back(self, database: Database) -> None:
        with database.owner.begin() as connection:
            connection.execute(text("update stage set label = 'x', total = 'lost'"))
            connection.execute(text("insert into stage values ('old', 'lost', 'Old', 99)"))
            connection.execute(text("delete from payment_reason"))
        core("migrate")
        with database.owner.connect() as connection:
            assert (
                connection.execute(text("select count(*) from stage where label = 'x' or stage = 'old'")).scalar() == 0
            )
            assert connection.execute(text("select count(*) from payment_reason")).scalar_one() > 0

    def test_the_url_is_one_that_other_tools_understand(self, database: Database) -> None:
        owner, pages = core("url"), core("url", "--app")
        assert owner.stdout.startswith("postgresql://")
        assert f"/{database.url.database}" in owner.stdout
        assert "recoup_app" in pages.stdout

    def test_an_empty_database_is_answered_with_what_to_do(self, database: Database) -> None:
        with database.owner.begin() as connection:
            connection.execute(text("drop schema public cascade; create schema public"))
        result = core("account", "list")
        assert result.exit_code == 1
        assert result.stderr == "Error: The database is not set up yet. Run: python -m core migrate\n"

    def test_a_database_that_is_away_is_said_in_a_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
        result = core("account", "list")
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: The database does not answer: ")
        assert len(result.stderr.splitlines()) == 1

    @pytest.mark.parametrize(("url", "said"), [("mysql://x/y", "it has mysql"), ("recoup", "it has no scheme")])
    def test_another_kind_of_database_is_refused(self, monkeypatch: pytest.MonkeyPatch, url: str, said: str) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        result = core("account", "list")
        assert result.exit_code == 1
        assert said in result.stderr

    def test_with_a_server_of_ones_own_the_pages_need_a_login_that_owns_nothing(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("RECOUP_APP_DATABASE_URL")
        result = core("url", "--app")
        assert result.exit_code == 1
        assert "RECOUP_APP_DATABASE_URL is not set" in result.stderr
        assert database.url.database is not None


@pytest.mark.slow
def test_as_a_process_a_failure_leaves_no_trace_on_either_stream(database: Database) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "core", "user", "remove", "a@b.example"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Error: There is no user a@b.example.\n")
    assert database.url.database is not None
