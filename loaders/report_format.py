"""What a report format declares. The engine (sniff, read, stage, merge) does the rest, and knows no format by name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

from core.vocabulary import Channel
from loaders.columns import Column, folded_header
from loaders.places import Place

Record = Mapping[str, str]


class ControlTotal(NamedTuple):
    """A sum that the report states itself: the column whose cells must add up to the amount that one row states."""

    stated: str
    adds_up: str


class Document(NamedTuple):
    """What identifies a report that replaces itself whole: the headers, filled in its first row, whose cells name it."""

    headers: tuple[str, ...]


class ReportFormat:
    """One report format. A subclass is a declaration: its class attributes that are columns, and these:

    code: the name in commands and views; label: the name people use; channel: whose report it is (None: Recoup's own);
    table: where its rows go; key: the database columns that tell rows apart (equal rows are told apart by their occurrence);
    dated_by: the column with the day a row is about; place: how the marketplace is told; constants: columns with one value;
    prefers: columns of which more wins, where two exports of a row are equally new; personal: headers that name people,
    dropped before anything is stored; document and control_total: see there; edited_by_people: the file taken later wins;
    records: for a JSON report, the path of lists to a record; skips: whether a row is the report's own summary, not a row.
    """

    code: ClassVar[str]
    label: ClassVar[str]
    channel: ClassVar[Channel | None] = None
    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    dated_by: ClassVar[str]
    place: ClassVar[Place]
    constants: ClassVar[Mapping[str, str]] = {}
    prefers: ClassVar[tuple[str, ...]] = ()
    personal: ClassVar[tuple[str, ...]] = ()
    document: ClassVar[Document | None] = None
    control_total: ClassVar[ControlTotal | None] = None
    edited_by_people: ClassVar[bool] = False
    records: ClassVar[tuple[str, ...]] = ()

    columns: ClassVar[tuple[Column, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Collect the declared columns and give each its database name."""
        cls.columns = tuple(
            replace(value, name=name) for name, value in vars(cls).items() if isinstance(value, Column)
        )

    @classmethod
    def is_json(cls) -> bool:
        """Whether the report is a JSON document."""
        return bool(cls.records)

    @classmethod
    def has_header(cls, header: Sequence[str]) -> bool:
        """Whether a file with this header is of this format: all columns are there that are not optional."""
        present = {folded_header(name) for name in header}
        return all(folded_header(column.header) in present for column in cls.columns if not column.optional)

    @classmethod
    def is_summary(cls, record: Record) -> bool:
        """Whether a row states something of the whole report, and is no row of its own. `record` is by folded header."""
        return False
