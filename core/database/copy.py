"""COPY: the fastest way into PostgreSQL, fed from a stream so that memory does not grow with the data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from csv import writer
from io import StringIO
from itertools import islice
from typing import Any

from sqlalchemy import Connection

BLOCK = 1 << 16
"""How many characters the driver asks for at once: what fits into a socket's buffer."""

_ROWS_OF_A_BLOCK = 500
_ESCAPED = re.compile(r"[\\\t\n\r]")
NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def escaped(value: str) -> str:
    """A text as COPY's text format wants it."""
    return value.translate(_ESCAPES) if _ESCAPED.search(value) else value


def copy_rows(
    connection: Connection, table: str, columns: Sequence[str], texts: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Copy rows of Python values into a table; None is null, but in the columns `texts`, where it is never given, the
    empty text.
    """
    copy_lines(connection, table, columns, _csv(rows), f"with (format csv, force_not_null ({', '.join(texts)}))")


def _csv(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Blocks of CSV: the fastest way that Python has of writing rows of mixed values."""
    left = iter(rows)
    while block := list(islice(left, _ROWS_OF_A_BLOCK)):
        written = StringIO(newline="")
        writer(written, lineterminator="\r\n").writerows(block)
        yield written.getvalue()


def copy_lines(
    connection: Connection, table: str, columns: Sequence[str], lines: Iterator[str], options: str = ""
) -> None:
    """Copy lines of COPY text, or of what `options` say they are, into a table. What the iterator raises is raised
    here, and the transaction is then void.
    """
    source = _Source(lines)
    driver: Any = connection.connection.dbapi_connection  # SQLAlchemy does not say that it is psycopg2's
    with driver.cursor() as cursor:
        try:
            cursor.copy_expert(f"copy {table} ({', '.join(columns)}) from stdin {options}", source, size=BLOCK)
        except Exception:
            if source.error is not None:
                raise source.error from None
            raise


class _Source:
    """The file that psycopg2 reads from. An error of the iterator is kept: the driver would replace it by one of its
    own.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = ""
        self.error: Exception | None = None

    def read(self, size: int) -> str:
        """Up to `size` characters, or nothing at the end."""
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
