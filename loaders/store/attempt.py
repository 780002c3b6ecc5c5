"""What one attempt to take a file in is about: how it is to be taken, the file at hand, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from core.vocabulary import Marketplace
from loaders.declare.issues import RowIssue
from loaders.declare.places import Account
from loaders.declare.report_format import ReportFormat
from loaders.read.json_records import Records
from loaders.read.sniff import Contents, Table


@dataclass(frozen=True)
class Days:
    """The first and the last of some days, both inclusive."""

    first: date
    last: date


def nobody(told: object) -> None:
    """Who is told where nobody wants to know."""


@dataclass(frozen=True)
class Options:
    """How files are taken in: the marketplace and the export date where the files do not tell, the days for which they
    are whole, whether to try only, and whether it is the team that does it (or whoever has the owner's connection).
    """

    marketplace: Marketplace | None = None
    exported_on: date | None = None
    dry_run: bool = False
    by_team: bool = True
    covers: Days | None = None


@dataclass
class FileResult:
    """What became of one file; `status` is taken, already_taken or refused."""

    file: str
    format: str | None = None
    sha256: str | None = None
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    status: str = "refused"
    message: str = ""
    issues: list[RowIssue] = field(default_factory=list, repr=False)
    data_from: date | None = None
    data_through: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The object that `sync --json` prints for a file."""
        names = ["file", "format", "sha256", "rows", "new", "changed", "unchanged", "refused", "status", "message"]
        return {name: getattr(self, name) for name in names}

    def days_as_json(self) -> dict[str, str | None]:
        """The first and the last day of its rows, None where they have none."""
        days = {"data_from": self.data_from, "data_through": self.data_through}
        return {name: day.isoformat() if day else None for name, day in days.items()}


@dataclass(frozen=True)
class Taking:
    """A file of a known format that is being taken in. `on_rows` is told how many more rows were read."""

    connection: Connection
    account: Account
    options: Options
    contents: Contents
    report: type[ReportFormat]
    read: Table | Records
    result: FileResult
    on_rows: Callable[[int], object]
    is_workbook: bool = False
