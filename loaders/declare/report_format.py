"""What a report format declares. The engine (sniff, read, stage, merge) does the rest, and knows no format by name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import ClassVar, NamedTuple

from core.vocabulary import REPORTS, Channel, fold
from loaders.declare.columns import Column
from loaders.declare.places import Place


class ControlTotal(NamedTuple):
    """A sum that the report states: the header under which it is stated, and those whose cells add up to it."""

    stated: str
    adds_up: tuple[str, ...]


class Document(NamedTuple):
    """What makes a report one document, which a later one of the same name replaces whole.

    One row of it is a summary and no row of its own: the one whose cell under the header `marked_by[0]` says
    `marked_by[1]`; where that is the empty word, the row must state the total as well. Its cells under `period` are the
    first and last day that the document is about, under `named_by` its name (without: the period is its name), and
    under `total.stated` its total. Where another row leaves a cell under one of `inherited` empty, the summary's holds.
    """

    marked_by: tuple[str, str]
    period: tuple[str, str]
    total: ControlTotal
    named_by: str = ""
    inherited: tuple[str, ...] = ()


class ReportFormat:
    """One report format. A subclass is a declaration: its columns, and the class attributes below."""

    code: ClassVar[str]
    """Its name in commands and views. By it core.vocabulary.REPORTS has its label, its channel and whether it is the
    team's."""

    label: ClassVar[str]
    """Its name among people."""

    channel: ClassVar[Channel | None] = None
    """Whose report it is; None: one that Recoup defines itself."""

    table: ClassVar[str]
    """Where its rows go."""

    key: ClassVar[tuple[str, ...]]
    """The database columns that tell rows apart. Rows that are equal in them are told apart by their occurrence. What
    the marketplace changes in a row later is never part of it."""

    dated_by: ClassVar[str] = ""
    """The column with the day that a row is about; empty for a report that dates none."""

    exported_as: ClassVar[str] = ""
    """The column with the day of an export, for a report that tells what holds on its day: with it in the key, an older
    export keeps its rows beside a newer one's. Empty for all others."""

    is_as_new_as_its_rows: ClassVar[bool] = True
    """Whether the last day of its rows stands for the day of the export, where nothing else tells that."""

    place: ClassVar[Place]
    """How a row's marketplace is told."""

    constants: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Database columns that have one value in all of its rows."""

    prefers: ClassVar[tuple[str, ...]] = ()
    """Columns of which more wins, where two exports of a row are equally new."""

    as_of: ClassVar[tuple[str, ...]] = ()
    """Columns that say when the marketplace last changed a row: of two versions the later wins, before the dates of
    their files are asked."""

    ranked_by: ClassVar[str] = ""
    ranks: ClassVar[Mapping[str, int]] = {}
    """The column with a status that only ever rises, and each one's rank: the higher wins before the dates of files are
    asked. A status that is not named has the lowest."""

    is_unique: ClassVar[bool] = False
    """Whether the marketplace itself gives each row its key: a second one in a file is another version of the row."""

    whole_by: ClassVar[str] = ""
    """The column that names what an export holds whole (a shipment, a return): of one that a newer export holds, no row
    of an older export stays."""

    personal: ClassVar[tuple[str, ...]] = ()
    """Headers of what is personal: dropped before anything is stored."""

    stores_declared_only: ClassVar[bool] = False
    """Whether whatever is not declared is dropped before anything is stored: for reports full of people."""

    document: ClassVar[Document | None] = None
    """Set for a report that replaces itself whole."""

    of_team: ClassVar[bool] = False
    """Whether only the reimbursement team takes such files in: sellers look, the team files."""

    edited_by_people: ClassVar[bool] = False
    """Whether people write it: then the file taken later wins, whatever its dates."""

    records: ClassVar[tuple[str, ...]] = ()
    """For a report that comes as JSON (too), the names that lead from the document to the list of its records."""

    columns: ClassVar[tuple[Column, ...]] = ()
    """Its columns, collected from the declaration."""

    def __init_subclass__(cls) -> None:
        """Collect the declared columns, give each its database name, and take over what the registry says."""
        cls.columns = tuple(replace(value, name=name) for name, value in vars(cls).items() if isinstance(value, Column))
        if report := REPORTS.get(cls.code):
            cls.label, cls.channel, cls.of_team = report.label, report.channel, report.of_team

    @classmethod
    def is_json(cls) -> bool:
        """Whether the report comes as a JSON document."""
        return bool(cls.records)

    @classmethod
    def lacking(cls, header: Sequence[str]) -> tuple[str, ...]:
        """What a table with this header lacks of the format: it has all columns that are not optional."""
        return cls._lacking(header, [column for column in cls.columns if not column.optional])

    @classmethod
    def lacking_in_records(cls, names: Sequence[str]) -> tuple[str, ...]:
        """What JSON records with these names lack of the format. They leave out what is empty, so only the columns that
        every row must fill are asked for.
        """
        return cls._lacking(names, [column for column in cls.columns if column.required])

    @classmethod
    def _lacking(cls, names: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
        present = _folded(tuple(names))
        return tuple(column.header for column in columns if not present.intersection(column.folded_names()))

    @classmethod
    def may_store(cls, header: str) -> bool:
        """Whether what stands under a header may be stored as it came."""
        name = fold(header)
        if cls.stores_declared_only:
            read = (*cls.place.headers, *(name for column in cls.columns for name in column.folded_names()))
            return any(name == fold(one) for one in read)
        return all(name != fold(personal) for personal in cls.personal)


@lru_cache(maxsize=16)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    # The same header is held against every format, once for each delimiter.
    return frozenset(fold(name) for name in names)
