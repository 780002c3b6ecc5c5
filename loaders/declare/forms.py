"""Infers the date and count forms of a file's columns from all of their cells.

A file is first read in the marketplaces' usual forms. If a cell can not be read that way, or has a second form, the
whole file is scanned: a column has one form, so dates that a spreadsheet has swapped are found.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from core.errors import FileRefused
from core.vocabulary import fold
from loaders.declare.dates import DateForm, Order, possible_forms
from loaders.declare.decimals import Style, lone_group, whole_numbers
from loaders.declare.issues import ANEW, Unreadable, printable
from loaders.declare.report_format import ReportFormat
from loaders.read.lines import Row

_MOST_REMEMBERED, _LONGEST = 20_000, 60
"""Cells of a column per block, and the characters of the longest date."""


@dataclass
class DatesOfColumn:
    """The evidence for a column's date form."""

    header: str
    sign: str = ""
    orders: frozenset[Order] = frozenset()
    is_usual: bool = True
    usual: Order | None = None
    first: tuple[int, str] = (0, "")
    _seen: set[str] = field(default_factory=set)

    def add(self, line: int, cell: str) -> None:
        """Add a cell. Raises FileRefused where no form fits all cells so far."""
        if cell in self._seen or len(cell) > _LONGEST:
            return
        if len(self._seen) < _MOST_REMEMBERED:
            self._seen.add(cell)
        found = possible_forms(cell)
        if found is None:
            return
        if not self.sign:
            self.sign, self.orders, self.first = found.sign, found.orders, (line, cell)
        orders = self.orders & found.orders
        if found.sign != self.sign or not orders:
            self._refuse(line, cell)
        self.orders = orders
        self.usual = found.usual
        self.is_usual = self.is_usual and found.usual is not None

    def form(self) -> DateForm | None:
        """The column's only form, or None where two are possible."""
        if len(self.orders) == 1:
            return DateForm(self.sign, next(iter(self.orders)))
        return DateForm(self.sign, self.usual) if self.is_usual and self.usual in self.orders and self.usual else None

    def _refuse(self, line: int, cell: str) -> NoReturn:
        first_line, first = self.first
        raise FileRefused(
            f"writes dates in two forms in the column {printable(self.header)}: {printable(first.strip())} in line"
            f" {first_line}, {printable(cell.strip())} in line {line}. A spreadsheet has probably turned some of them"
            f" around. {ANEW}"
        )


@dataclass
class CountsOfColumn:
    """The evidence for the separators in a column of whole numbers."""

    has_plain: bool = False
    tells: set[Style] = field(default_factory=set)
    groups: set[Style] = field(default_factory=set)

    def add(self, cell: str) -> None:
        """Add a cell."""
        try:
            whole = whole_numbers(cell)
        except Unreadable:
            return
        if group := lone_group(cell):
            self.groups.add(group)
        elif len(whole) == 1:
            self.tells.update(whole)
        else:
            self.has_plain = True

    def style(self) -> Style | None:
        """The column's decimal style, or None where it is unknown. `1,200` beside `3` has thousands: whoever writes
        three as `3` does not write 1.2 as `1,200`.
        """
        styles = self.tells or (self.groups if self.has_plain else set())
        return next(iter(styles)) if len(styles) == 1 else None


@dataclass(frozen=True)
class Forms:
    """The forms of a file's columns, by their database names; None: unknown."""

    dates: dict[str, DateForm | None]
    counts: dict[str, Style | None]


def forms_of(report: type[ReportFormat], header: Sequence[str], rows: Iterable[Row]) -> Forms:
    """Scan a file for the forms of its dates and counts. Raises FileRefused for a column with two date forms."""
    places = {fold(name): index for index, name in reversed(list(enumerate(header)))}
    found = [
        (column, next((places[name] for name in column.folded_names() if name in places), None))
        for column in report.columns
    ]
    dates = {column.name: (i, DatesOfColumn(header[i])) for column, i in found if i is not None and column.is_date}
    counts = {column.name: (i, CountsOfColumn()) for column, i in found if i is not None and column.sql_type == "int"}
    for row in rows:
        for index, of_dates in dates.values():
            if index < len(row.cells):
                of_dates.add(row.line, row.cells[index])
        for index, of_counts in counts.values():
            if index < len(row.cells):
                of_counts.add(row.cells[index])
    return Forms(
        {name: of_column.form() for name, (_, of_column) in dates.items()},
        {name: of_column.style() for name, (_, of_column) in counts.items()},
    )
