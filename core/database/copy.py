"""COPY: bulk loading from a stream, so that memory does not grow with the data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from csv import writer
from io import StringIO
from itertools import islice
from typing import Any

from sqlalchemy import Connection

BLOCK = 1 << 16
"""Characters per read: the size of a socket buffer."""

_ROWS_OF_A_BLOCK = 500
_ESCAPED = re.compile(r"[\\\t\n\r]")
NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def escaped(value: str) -> str:
    """A text in the escaping of COPY's text format."""
    return value.translate(_ESCAPES) if _ESCAPED.search(value) else value


def copy_rows(
    connection: Connection, table: str, columns: Sequence[str], texts: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Copy rows of Python values into a table. None becomes null, except in the columns `texts`, where the empty text
    is stored instead.
    """
    copy_lines(connection, table, columns, _csv(rows), f"with (format csv, force_not_null ({', '.join(texts)}))")


def _csv(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The rows as blocks of CSV: Python's fastest way to write rows of mixed values."""
    left = iter(rows)
    while block := list(islice(left, _ROWS_OF_A_BLOCK)):
        written = StringIO(newline="")
        writer(written, lineterminator="\r\n").writerows(block)
        yield written.getvalue()


def copy_lines(
    connection: Connection, table: str, columns: Sequence[str], lines: Iterator[str], options: str = ""
) -> None:
    """Copy lines of COPY text, or of the format that `options` name, into a table. An exception of the iterator is
    raised here, and the transaction is then void.
    """
    source = _Source(lines)
    driver: Any = connection.connection.dbapi_connection  # SQLAlchemy's type does not name psycopg2's cursor
    with driver.cursor() as cursor:
        try:
            cursor.copy_expert(f"copy {table} ({', '.join(columns)}) from stdin {options}", source, size=BLOCK)
        except Exception:
            if source.error is not None:
                raise source.error from None
            raise


class _Source:
    """The file object that psycopg2 reads from. It stores an exception of the iterator, which the driver would replace
    by its own.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = ""
        self.error: Exception | None = None

    def read(self, size: int) -> str:
        """Up to `size` characters, empty at the end."""
        parts, length = [self._rest], len(self._rest)
        try:
            while length < size:
                line = next(self._lines, None)
                if line is None:
                    break
                parts.append(line)
                length += len(line)
        except Exception as error:
            self.error = error
            raise
        joined = "".join(parts)
        self._rest = joined[size:]
        return joined[:size]
