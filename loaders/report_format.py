"""What a report format declares. The engine (sniff, read, stage, merge) does the rest, and knows no format by name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

from core.vocabulary import Channel
from loaders.columns import Column, folded_header
from loaders.places import Place


class ControlTotal(NamedTuple):
    """A sum that the report states: the header under which it is stated, and the one whose cells add up to it."""

    stated: str
    adds_up: str


class Document(NamedTuple):
    """What makes a report one document, which a later one of the same name replaces whole.

    One row of it is a summary and no row of its own: the one whose cell under the header `marked_by[0]` says
    `marked_by[1]`. Its cells under `named_by` name the document (the first and last day of a period), and under
    `total.stated` its total.
    """

    marked_by: tuple[str, str]
    named_by: tuple[str, str]
    total: ControlTotal


class ReportFormat:
    """One report format. A subclass is a declaration: its columns, and the class attributes below."""

    code: ClassVar[str]
    """Its name in commands and views."""

    label: ClassVar[str]
    """Its name among people."""

    channel: ClassVar[Channel | None] = None
    """Whose report it is; None: one that Recoup defines itself."""

    table: ClassVar[str]
    """Where its rows go."""

    key: ClassVar[tuple[str, ...]]
    """The database columns that tell rows apart. Rows that are equal in them are told apart by their occurrence. What
    the marketplace changes in a row later is never part of it."""

    dated_by: ClassVar[str]
    """The column with the day that a row is about."""

    place: ClassVar[Place]
    """How a row's marketplace is told."""

    constants: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Database columns that have one value in all of its rows."""

    prefers: ClassVar[tuple[str, ...]] = ()
    """Columns of which more wins, where two exports of a row are equally new."""

    personal: ClassVar[tuple[str, ...]] = ()
    """Headers of what is personal: dropped before anything is stored."""

    document: ClassVar[Document | None] = None
    """Set for a report that replaces itself whole."""

    edited_by_people: ClassVar[bool] = False
    """Whether people write it: then the file taken later wins, whatever its dates."""

    records: ClassVar[tuple[str, ...]] = ()
    """For a JSON report, the names that lead from the document to the list of its records."""

    columns: ClassVar[tuple[Column, ...]] = ()
    """Its columns, collected from the declaration."""

    def __init_subclass__(cls) -> None:
        """Collect the declared columns and give each its database name."""
        cls.columns = tuple(replace(value, name=name) for name, value in vars(cls).items() if isinstance(value, Column))

    @classmethod
    def is_json(cls) -> bool:
        """Whether the report is a JSON document."""
        return bool(cls.records)

    @classmethod
    def has_header(cls, header: Sequence[str]) -> bool:
        """Whether a file with this header is of this format: all columns are there that are not optional."""
        present = {folded_header(name) for name in header}
        return all(folded_header(column.header) in present for column in cls.columns if not column.optional)
