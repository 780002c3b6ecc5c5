"""Two accounts, and files taken in for them as the command does it."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from core.database.access import people
from core.detect import detect
from core.vocabulary import MARKETPLACES
from loaders.accounts import account_with_code
from loaders.declare.places import Account
from loaders.read.archives import Report
from loaders.store.attempt import FileResult, Options
from loaders.store.sync import sync_file, sync_path
from tests.conftest import Server

REPORT_TABLES = (
    "inventory_event",
    "reimbursement",
    "customer_return",
    "settlement_line",
    "case_entry",
    "sourcing_cost",
)


AddDesk = Callable[[Sequence[str]], "Desk"]


class Desk:
    """One account of a test's database: takes files in for it, and asks what is stored of it."""

    def __init__(self, engine: Engine, account: Account, folder: Path):
        self.engine = engine
        self.account = account
        self._folder = folder

    def file(self, name: str, content: str | bytes) -> Path:
        """A file with this content."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def sync(
        self, path: Path, *, marketplace: str | None = None, exported_on: date | None = None, dry_run: bool = False
    ) -> FileResult:
        """Take one file in."""
        chosen = MARKETPLACES[marketplace] if marketplace else None
        return sync_file(self.engine, self.account, Report(path, path.name), Options(chosen, exported_on, dry_run))

    def sync_all(self, path: Path) -> list[FileResult]:
        """Take in what a file is or what is packed in it."""
        return list(sync_path(self.engine, self.account, path, Options()))

    def take(self, name: str, content: str | bytes, **options: Any) -> FileResult:
        """Write a file and take it in."""
        path = self.file(name, content)
        if name.endswith(".xlsx"):
            (result,) = self.sync_all(path)
            return result
        return self.sync(path, **options)

    def detect(self) -> None:
        """Detect and settle the account anew."""
        with self.engine.begin() as connection:
            detect(connection, self.account.account_id)

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """What a query answers; `:account_id` is the account's."""
        with self.engine.connect() as connection:
            found = connection.execute(text(query), {"account_id": self.account.account_id, **parameters})
            return [dict(row) for row in found.mappings()]

    def as_of(self, today: date, view: str) -> list[dict[str, Any]]:
        """The account's rows of a view of `reporting` as of a day, without the account's code."""
        with self.engine.begin() as connection:
            connection.execute(text("select set_config('recoup.today', :today, true)"), {"today": today.isoformat()})
            query = text(f"select * from reporting.{view} where account = :code")
            found = connection.execute(query, {"code": self.account.code}).mappings()
            rows = [{name: value for name, value in row.items() if name != "account"} for row in found]
        return sorted(rows, key=str)  # views have no order

    def column(self, query: str, **parameters: Any) -> list[Any]:
        """The first column of what a query answers."""
        return [next(iter(row.values())) for row in self.rows(query, **parameters)]

    def counts(self) -> dict[str, int]:
        """How many rows each table of reports has for the account, where it has any."""
        counted = {
            table: self.column(f"select count(*) from {table} where account_id = :account_id")[0]
            for table in REPORT_TABLES
        }
        return {table: count for table, count in counted.items() if count}

    def everything(self) -> dict[str, list[dict[str, Any]]]:
        """All stored rows of the account's reports, without what tells which file brought them."""
        return {
            table: [
                {name: value for name, value in row.items() if name not in ("file_id", "line")}
                for row in self.rows(f"select * from {table} where account_id = :account_id order by row_id")
            ]
            for table in REPORT_TABLES
        }


@pytest.fixture(scope="module")
def engine(server: Server, template: str) -> Iterator[Engine]:
    """The owner's engine of a database that the tests of a module share, each with accounts of its own."""
    name = server.create("loaders", template)
    made = create_engine(server.url.set(database=name))
    yield made
    made.dispose()
    server.drop(name)


def new_desk(engine: Engine, marketplaces: Sequence[str], folder: Path) -> Desk:
    """Add an account on these marketplaces, under a code that no other has."""
    code = f"A{secrets.token_hex(6)}".upper()
    with engine.begin() as connection:
        people.add_account(connection, code, code, marketplaces)
        return Desk(engine, account_with_code(connection, code), folder / code)


@pytest.fixture
def add_desk(engine: Engine, tmp_path: Path) -> AddDesk:
    """Adds an account on these marketplaces."""

    return lambda marketplaces: new_desk(engine, marketplaces, tmp_path)


@pytest.fixture
def desk(add_desk: AddDesk) -> Desk:
    """An account on Amazon's US, German and British marketplaces and on Walmart's."""
    return add_desk(["AMAZON_US", "AMAZON_DE", "AMAZON_UK", "WALMART_US"])


@pytest.fixture
def other(add_desk: AddDesk) -> Desk:
    """Another account beside `desk`'s."""
    return add_desk(["AMAZON_US", "AMAZON_DE", "WALMART_US"])
