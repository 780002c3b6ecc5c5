"""One sync attempt: its options, the file, and the result."""

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
    """A range of days, both inclusive."""

    first: date
    last: date


def nobody(event: object) -> None:
    """The default listener: ignores progress."""


@dataclass(frozen=True)
class Options:
    """Options of a sync: marketplace and export date for files without them, the days for which the files are complete,
    whether it is a dry run, and whether the caller is the team (or has the owner's connection).
    """

    marketplace: Marketplace | None = None
    exported_on: date | None = None
    dry_run: bool = False
    by_team: bool = True
    covers: Days | None = None


@dataclass
class FileResult:
    """The result of one file; `status` is taken, already_taken or refused."""

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
        """The first and the last day of its rows, None without any."""
        days = {"data_from": self.data_from, "data_through": self.data_through}
        return {name: day.isoformat() if day else None for name, day in days.items()}


@dataclass(frozen=True)
class Taking:
    """A file of a known format during its sync. `on_rows` receives the number of further rows read."""

    connection: Connection
    account: Account
    options: Options
    contents: Contents
    report: type[ReportFormat]
    read: Table | Records
    result: FileResult
    on_rows: Callable[[int], object]
    is_workbook: bool = False
