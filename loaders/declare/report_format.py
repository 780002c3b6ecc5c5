"""Declaration of a report format. The engine (sniff, read, stage, merge) knows no format by name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import ClassVar, NamedTuple

from core.vocabulary import REPORTS, Channel, fold
from loaders.declare.columns import Column
from loaders.declare.places import Place


class ControlTotal(NamedTuple):
    """A total stated in the report: its header, and the headers of the cells that add up to it."""

    stated: str
    adds_up: tuple[str, ...]


class Document(NamedTuple):
    """A report that is one document: a later one with the same name replaces it as a whole.

    One row is a summary and not a row of its own: its cell under the header `marked_by[0]` is `marked_by[1]`; if that
    is empty, the row must also state the total. Its cells under `period` are the document's first and last day, under
    `named_by` its name (without: the period is its name), and under `total.stated` its total. Rows with an empty cell
    under one of `inherited` take the summary's.
    """

    marked_by: tuple[str, str]
    period: tuple[str, str]
    total: ControlTotal
    named_by: str = ""
    inherited: tuple[str, ...] = ()


class ReportFormat:
    """One report format. A subclass declares its columns and the class attributes below."""

    code: ClassVar[str]
    """Its name in commands and views. core.vocabulary.REPORTS has its label, its channel and whether it is the
    team's.
    """

    label: ClassVar[str]
    """Its display name."""

    channel: ClassVar[Channel | None] = None
    """The channel of the report; None: Recoup's own."""

    table: ClassVar[str]
    """The table of its rows."""

    key: ClassVar[tuple[str, ...]]
    """The key: database columns that identify a row. Rows with equal keys are numbered by their occurrence. Columns
    that the marketplace changes later must not be part of it.
    """

    dated_by: ClassVar[str] = ""
    """The column with the day of a row's event; empty for a report without dates."""

    exported_as: ClassVar[str] = ""
    """The column with the day of the export, for a snapshot of the state on its day: with it in the key, an older
    export keeps its rows beside a newer one's. Empty for all others.
    """

    is_as_new_as_its_rows: ClassVar[bool] = True
    """Whether the last day of its rows is the day of the export, where nothing else states it."""

    place: ClassVar[Place]
    """How a row's marketplace is determined."""

    constants: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Database columns with one constant value."""

    prefers: ClassVar[tuple[str, ...]] = ()
    """Columns whose greater value wins between two equally new exports of a row."""

    as_of: ClassVar[tuple[str, ...]] = ()
    """Columns with the marketplace's last change of a row: the later version wins, before the dates of the files are
    compared.
    """

    ranked_by: ClassVar[str] = ""
    ranks: ClassVar[Mapping[str, int]] = {}
    """The column with a status that only ever rises, and the rank of each status: the higher rank wins before the dates
    of files are compared. Statuses without a rank have the lowest.
    """

    is_unique: ClassVar[bool] = False
    """Whether the marketplace assigns the key: a second row with it in a file is another version of the row."""

    whole_by: ClassVar[str] = ""
    """The column with the record's name (a shipment, a return), where an export has complete records: a newer export of
    a record deletes its older rows.
    """

    personal: ClassVar[tuple[str, ...]] = ()
    """Headers of personal data: dropped before anything is stored."""

    stores_declared_only: ClassVar[bool] = False
    """Whether undeclared columns are dropped before anything is stored: for reports full of personal data."""

    document: ClassVar[Document | None] = None
    """Set for a report that is replaced as a whole."""

    of_team: ClassVar[bool] = False
    """Whether only the reimbursement team imports such files: sellers look, the team files."""

    edited_by_people: ClassVar[bool] = False
    """Whether people write it: then the file synced later wins, whatever its dates."""

    records: ClassVar[tuple[str, ...]] = ()
    """For a report that is (also) JSON, the path from the document to the list of its records."""

    columns: ClassVar[tuple[Column, ...]] = ()
    """Its columns, collected from the declaration."""

    def __init_subclass__(cls) -> None:
        """Collect the declared columns with their database names, and the registry's label, channel and team flag."""
        cls.columns = tuple(replace(value, name=name) for name, value in vars(cls).items() if isinstance(value, Column))
        if report := REPORTS.get(cls.code):
            cls.label, cls.channel, cls.of_team = report.label, report.channel, report.of_team

    @classmethod
    def is_json(cls) -> bool:
        """Whether the report is a JSON document."""
        return bool(cls.records)

    @classmethod
    def lacking(cls, header: Sequence[str]) -> tuple[str, ...]:
        """The columns missing in a table with this header: all but the optional ones must be there."""
        return cls._lacking(header, [column for column in cls.columns if not column.optional])

    @classmethod
    def lacking_in_records(cls, names: Sequence[str]) -> tuple[str, ...]:
        """The columns missing in JSON records with these names. Records omit empty values, so only required columns
        must be there.
        """
        return cls._lacking(names, [column for column in cls.columns if column.required])

    @classmethod
    def _lacking(cls, names: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
        present = _folded(tuple(names))
        return tuple(column.header for column in columns if not present.intersection(column.folded_names()))

    @classmethod
    def may_store(cls, header: str) -> bool:
        """Whether values under a header may be stored."""
        name = fold(header)
        if cls.stores_declared_only:
            read = (*cls.place.headers, *(name for column in cls.columns for name in column.folded_names()))
            return any(name == fold(one) for one in read)
        return all(name != fold(personal) for personal in cls.personal)


@lru_cache(maxsize=16)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    # The same header is compared with every format, once for each delimiter.
    return frozenset(fold(name) for name in names)
