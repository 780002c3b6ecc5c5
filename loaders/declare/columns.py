"""Column types of reports. A format declares its columns; each parses a cell into text for PostgreSQL's COPY.

Parsers are strict: anything but a clear value of the column is refused with a reason (`Unreadable`), and identifiers
stay text as they are (`00123`, `1E5`, `NA`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from core.database.copy import NULL, escaped
from core.vocabulary import CURRENCIES, fold
from loaders.declare.dates import DateForm, FormUnknown, form_of, parse_moment
from loaders.declare.decimals import Style, lone_group, parse_amount, whole_numbers
from loaders.declare.issues import Unreadable

Parse = Callable[[str], str]


@dataclass(frozen=True)
class FileContext:
    """Properties of a whole file that cell parsers need: its decimal style, and whether it was a workbook.

    `dates` and `counts` are the forms of its columns by name, after a scan of all cells (None before). `signs` collects
    the currency signs beside amounts.
    """

    decimals: Style | None
    is_workbook: bool = False
    dates: Mapping[str, DateForm | None] | None = None
    counts: Mapping[str, Style | None] | None = None
    signs: set[str] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a report.

    `header` is its name in the report, compared folded, so `Event Type` and `EventType` agree; `also` are aliases in
    other layouts of the report. An `optional` column may be missing in the file; `required` refuses a row with an empty
    cell. `name` (the database's) is set by the format.
    """

    header: str
    also: tuple[str, ...] = ()
    optional: bool = False
    required: bool = False
    name: str = ""
    sql_type: str = field(default="text", init=False)

    @property
    def is_date(self) -> bool:
        """Whether it holds days or moments."""
        return self.sql_type in ("date", "timestamptz")

    def folded_names(self) -> tuple[str, ...]:
        """Its folded names in reports."""
        return tuple(_folded_once(name) for name in (self.header, *self.also))

    def targets(self) -> tuple[tuple[str, str], ...]:
        """The database columns that it fills, each with its type."""
        return ((self.name, self.sql_type),)

    def parser(self, context: FileContext) -> Parse:
        """A function from a cell to its COPY text; several targets are separated by tabs."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    """Text without surrounding blanks; an empty cell becomes `empty`. Identifiers are texts.

    `longest` (characters) is the limit of an index over two such columns. A column `of_digits` reads `12345.0`, as
    programs write integers, as 12345.
    """

    empty: str = ""
    longest: int = 300
    of_digits: bool = False

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        required, empty, longest, of_digits = self.required, self.empty, self.longest, self.of_digits
        is_workbook = context.is_workbook
        spoiled = _SPOILED_IN_WORKBOOK if is_workbook else _SPOILED

        def parse(cell: str) -> str:
            cell = cell.strip()
            if required and not cell:
                raise Unreadable("is empty")
            if len(cell) > longest:
                raise Unreadable(f"is longer than {longest} characters")
            if ("+" in cell or "#" in cell or is_workbook) and (found := spoiled.fullmatch(cell)):
                raise Unreadable(_SPOILED_HOW[found.lastgroup or ""])
            if of_digits and cell.endswith(".0") and _FLOAT.fullmatch(cell):
                cell = cell.partition(".")[0]
            return escaped(cell) or empty

        return parse


_CUT = r"(?P<cut>[+-]?\d+(?:[.,]\d+)?[eE]\+\d+)|(?P<error>#(?:N/A|REF!|VALUE!|NAME\?|NUM!|DIV/0!|NULL!|#+))"
_SPOILED = re.compile(_CUT, re.ASCII)
_SPOILED_IN_WORKBOOK = re.compile(_CUT + r"|(?P<date>\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?)", re.ASCII)
_SPOILED_HOW = {
    "cut": "was a number that a spreadsheet cut (1.08E+14): its last digits are gone. Take in the report as it was"
    " exported, without opening it in a spreadsheet",
    "error": "is an error of a spreadsheet. Take in the report as it was exported",
    "date": "was turned into a date by a spreadsheet. Take in the report as it was exported",
}
_FLOAT = re.compile(r"\d+\.0", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Currency(Column):
    """A currency code (ISO 4217), stored in upper case; an empty cell becomes `empty`."""

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
            if code not in CURRENCIES:
                raise Unreadable("is not a currency (ISO 4217)")
            return code

        return parse


_COUNT = re.compile(r"[+-]?[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True)
class Count(Column):
    """A whole number of units, with its sign. An empty cell becomes `empty` (None: unknown). `1.0` is 1, and thousands
    separators are read where the column shows its style; fractions and values below `at_least` are refused.
    """

    empty: int | None = None
    at_least: int | None = None
    sql_type: str = field(default="int", init=False)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        empty = NULL if self.empty is None else str(self.empty)
        required, at_least = self.required, self.at_least
        styles = {} if context.counts is None else {self.name: context.counts.get(self.name)}

        def parse(cell: str) -> str:
            cell = cell.strip().replace("−", "-")
            if not cell:
                if required:
                    raise Unreadable("is empty")
                return empty
            count = int(cell) if _COUNT.fullmatch(cell) else _whole(cell, styles.get(self.name), is_told=bool(styles))
            if at_least is not None and count < at_least:
                raise Unreadable(f"is less than {at_least}")
            return str(count)

        return parse


def _whole(cell: str, style: Style | None, *, is_told: bool) -> int:
    """The whole number in a cell with more than digits, in the style of its column once that is known."""
    whole = whole_numbers(cell)
    if not lone_group(cell):
        return next(iter(whole.values()))
    if not is_told:
        raise FormUnknown("is a number of thousands or has three decimals; the column is to tell")
    if style is None:
        raise Unreadable("can be a number of thousands or have three decimals, and the column does not tell which")
    if style not in whole:
        raise Unreadable("is not a whole number")
    return whole[style]


@dataclass(frozen=True, kw_only=True)
class Amount(Column):
    """An exact decimal, in the style of its file. `blanks` are words for a missing amount; values below `at_least` are
    refused.
    """

    blanks: tuple[str, ...] = ()
    at_least: int | None = None
    sql_type: str = field(default="numeric", init=False)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        style, required, blanks, at_least = context.decimals, self.required, ("", *self.blanks), self.at_least

        def parse(cell: str) -> str:
            if cell.strip() in blanks:
                if required:
                    raise Unreadable("is empty")
                return NULL
            amount, currency = parse_amount(cell, style)
            if at_least is not None and amount < at_least:
                raise Unreadable(f"is less than {at_least}")
            if currency:
                context.signs.add(currency)
            return str(amount)

        return parse


@dataclass(frozen=True, kw_only=True)
class Day(Column):
    """A calendar day as written, in the single form of its column."""

    sql_type: str = field(default="date", init=False)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        required = self.required
        seen: dict[str, str] = {}  # reports repeat their days on thousands of rows
        read = _reader(self.name, context)

        def parse(cell: str) -> str:
            known = seen.get(cell)
            if known is not None:
                return known
            if not cell.strip():
                if required:
                    raise Unreadable("is empty")
                return NULL
            moment = read(cell)
            day = (moment.date() if isinstance(moment, datetime) else moment).isoformat()
            if len(seen) < 10_000:
                seen[cell] = day
            return day

        return parse


@dataclass(frozen=True, kw_only=True)
class Moment(Column):
    """A moment with its offset; `day` names a second column for the calendar day.

    A cell with only a day, or a time without an offset, gives the day and no moment. The day of a moment depends on the
    row's marketplace: the merge fills it in, in the marketplace's time zone. `refines` names the column of a `Day` that
    the report states separately, in UTC: where the moment is known, the merge corrects that day too. `beside` names a
    separately stated day that stays. A separate day that differs from the moment's has swapped day and month.
    """

    day: str = ""
    refines: str = ""
    beside: str = ""
    sql_type: str = field(default="timestamptz", init=False)

    def targets(self) -> tuple[tuple[str, str], ...]:
        """See Column."""
        return ((self.name, self.sql_type), (self.day, "date")) if self.day else ((self.name, self.sql_type),)

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        required, has_day = self.required, bool(self.day)
        read = _reader(self.name, context)

        def parse(cell: str) -> str:
            if not cell.strip():
                if required:
                    raise Unreadable("is empty")
                return f"{NULL}\t{NULL}" if has_day else NULL
            moment = read(cell)
            if isinstance(moment, datetime) and moment.tzinfo is not None:
                return f"{moment.isoformat()}\t{NULL}" if has_day else moment.isoformat()
            day = moment.date() if isinstance(moment, datetime) else moment
            return f"{NULL}\t{day.isoformat()}" if has_day else NULL

        return parse


def _reader(name: str, context: FileContext) -> Callable[[str], date | datetime]:
    """The date reader of one column of a file. It raises FormUnknown where all cells must be scanned first: for a cell
    with two possible forms, and for one in another form than the cells before.
    """
    is_scanned = context.dates is not None
    form = context.dates.get(name) if context.dates is not None else None
    before: set[DateForm] = set()

    def read(cell: str) -> date | datetime:
        try:
            moment = parse_moment(cell, form)
        except FormUnknown as error:
            if is_scanned:
                raise Unreadable(str(error)) from error
            raise
        if not is_scanned:
            if not (isinstance(moment, datetime) and moment.tzinfo) and (found := form_of(cell)):
                before.add(found)
            if len(before) > 1:
                raise FormUnknown("is a date in another form than those above it")
        return moment

    return read


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
    """One of a few words, compared folded and stored in the registry's spelling; others are refused."""

    words: tuple[str, ...]

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        spelled = {fold(word): word for word in self.words}
        required = self.required

        def parse(cell: str) -> str:
            if not cell.strip():
                if required:
                    raise Unreadable("is empty")
                return ""
            word = spelled.get(fold(cell))
            if word is None:
                raise Unreadable(f"is none of: {', '.join(self.words)}")
            return word

        return parse


@cache
def _folded_once(declared: str) -> str:
    # Every file is compared with every format. Declared names are few; names in files are unbounded.
    return fold(declared)
