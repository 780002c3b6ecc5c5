"""What a column of a report may hold. A format declares its columns; each turns a cell into what PostgreSQL's COPY
reads.

Parsers are strict: what is not clearly a value of the column is refused with a reason (`Unreadable`), and everything
that is an identifier stays text as it came (`00123`, `1E5`, `NA`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from core.database.copy import NULL, escaped
from loaders.dates import parse_day, parse_moment
from loaders.decimals import Style, parse_decimal
from loaders.issues import Unreadable

Parse = Callable[[str], str]


@dataclass(frozen=True)
class FileContext:
    """What holds for a whole file and its cells are read by: how it writes decimals."""

    decimals: Style | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a report.

    `header` is its name in the report, compared folded, so `Event Type` and `EventType` agree; `also` are its names in
    other layouts of the report. An `optional` column may be missing from the file; `required` means that a row without
    a value is refused. `name` (the database's) is set by the format.
    """

    header: str
    also: tuple[str, ...] = ()
    optional: bool = False
    required: bool = False
    name: str = ""
    sql_type: str = field(default="text", init=False)

    def folded_names(self) -> tuple[str, ...]:
        """Its names in reports, as headers are compared."""
        return tuple(_folded_once(name) for name in (self.header, *self.also))

    def targets(self) -> tuple[tuple[str, str], ...]:
        """The database columns that it fills, each with its type."""
        return ((self.name, self.sql_type),)

    def parser(self, context: FileContext) -> Parse:
        """A function from a cell to its COPY text, for all targets, tab between them."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    """Text as it came, without blanks around it; an empty cell is `empty`. An identifier is text.

    `longest` (characters) is what an index can hold of two such columns.
    """

    empty: str = ""
    longest: int = 300

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        required, empty, longest = self.required, self.empty, self.longest

        def parse(cell: str) -> str:
            cell = cell.strip()
            if required and not cell:
                raise Unreadable("is empty")
            if len(cell) > longest:
                raise Unreadable(f"is longer than {longest} characters")
            return escaped(cell) or empty

        return parse


_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, kw_only=True)
class Currency(Column):
    """A currency's code (ISO 4217), kept in upper case; an empty cell is `empty`."""

    empty: str = ""

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        required, empty = self.required, self.empty

        def parse(cell: str) -> str:
            code = cell.strip().upper()
            if not code:
                if required:
                    raise Unreadable("is empty")
                return empty
            if not _CURRENCY.fullmatch(code):
                raise Unreadable("is no currency code of three letters")
            return code

        return parse


_COUNT = re.compile(r"[+-]?[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True)
class Count(Column):
    """A whole number of units, with its sign. An empty cell is `empty` (None: unknown)."""

    empty: int | None = None
    sql_type: str = field(default="int", init=False)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        empty = NULL if self.empty is None else str(self.empty)
        required = self.required

        def parse(cell: str) -> str:
            cell = cell.strip().replace("−", "-")
            if not cell:
                if required:
                    raise Unreadable("is empty")
                return empty
            if not _COUNT.fullmatch(cell):
                raise Unreadable("is not a whole number")
            return str(int(cell))

        return parse


@dataclass(frozen=True, kw_only=True)
class Amount(Column):
    """An exact decimal, in the style of its file. `blanks` are words that a report writes for no amount."""

    blanks: tuple[str, ...] = ()
    sql_type: str = field(default="numeric", init=False)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        style, required, blanks = context.decimals, self.required, ("", *self.blanks)

        def parse(cell: str) -> str:
            if cell.strip() in blanks:
                if required:
                    raise Unreadable("is empty")
                return NULL
            return str(parse_decimal(cell, style))

        return parse


@dataclass(frozen=True, kw_only=True)
class Day(Column):
    """A calendar day, as written."""

    sql_type: str = field(default="date", init=False)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        required = self.required
        seen: dict[str, str] = {}  # reports repeat their days on thousands of rows

        def parse(cell: str) -> str:
            known = seen.get(cell)
            if known is not None:
                return known
            if not cell.strip():
                if required:
                    raise Unreadable("is empty")
                return NULL
            day = parse_day(cell).isoformat()
            if len(seen) < 10_000:
                seen[cell] = day
            return day

        return parse


@dataclass(frozen=True, kw_only=True)
class Moment(Column):
    """A moment with its offset; `day` names a second column for the calendar day.

    A cell that names a day alone, or a time without an offset, gives the day and no moment. The day of a moment is
    not known before the row's marketplace is: the merge fills it in, in that marketplace's time zone. `refines` names
    the column of a `Day` that the report states apart, in UTC: where the moment is known, the merge corrects it too.
    """

    day: str = ""
    refines: str = ""
    sql_type: str = field(default="timestamptz", init=False)

    def targets(self) -> tuple[tuple[str, str], ...]:
        """See Column."""
        return ((self.name, self.sql_type), (self.day, "date")) if self.day else ((self.name, self.sql_type),)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        required, has_day = self.required, bool(self.day)

        def parse(cell: str) -> str:
            if not cell.strip():
                if required:
                    raise Unreadable("is empty")
                return f"{NULL}\t{NULL}" if has_day else NULL
            moment = parse_moment(cell)
            if isinstance(moment, datetime) and moment.tzinfo is not None:
                return f"{moment.isoformat()}\t{NULL}" if has_day else moment.isoformat()
            day = moment.date() if isinstance(moment, datetime) else moment
            return f"{NULL}\t{day.isoformat()}" if has_day else NULL

        return parse


@dataclass(frozen=True, kw_only=True)
class Flag(Column):
    """`true` or `false`; an empty cell is unknown."""

    sql_type: str = field(default="boolean", init=False)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""

        def parse(cell: str) -> str:
            word = cell.strip().lower()
            if word not in ("", "true", "false"):
                raise Unreadable("is neither true nor false")
            return word or NULL

        return parse


@dataclass(frozen=True, kw_only=True)
class OneOf(Column):
    """One of a few words, compared folded and stored in the registry's spelling; anything else is refused."""

    words: tuple[str, ...]

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        spelled = {folded_header(word): word for word in self.words}
        required = self.required

        def parse(cell: str) -> str:
            if not cell.strip():
                if required:
                    raise Unreadable("is empty")
                return ""
            word = spelled.get(folded_header(cell))
            if word is None:
                raise Unreadable(f"is none of: {', '.join(self.words)}")
            return word

        return parse


def folded_header(name: str) -> str:
    """A header as headers are compared: lower case, letters and digits alone."""
    return re.sub(r"[^0-9a-z]+", "", name.casefold())


@cache
def _folded_once(declared: str) -> str:
    # Every file is held against every format. Names that are declared are few; what files say is without bounds.
    return folded_header(declared)
