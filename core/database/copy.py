"""COPY: the fastest way into PostgreSQL, fed from a stream so that memory does not grow with the data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

_ESCAPED = re.compile(r"[\\\t\n\r]")
NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def escaped(value: str) -> str:
    """A text as COPY's text format wants it."""
    return value.translate(_ESCAPES) if _ESCAPED.search(value) else value


def copy_rows(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows of Python values into a table; None is null."""
    copy_lines(connection, table, columns, ("\t".join(map(_cell, row)) + "\n" for row in rows))


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return escaped(value)
    return NULL if value is None else str(value)  # numbers, dates and ids have nothing to escape


def copy_lines(connection: Connection, table: str, columns: Sequence[str], lines: Iterator[str]) -> None:
    """Copy lines of COPY text into a table. What the iterator raises is raised here, and the transaction is then
    void.
    """
    source = _Source(lines)
    driver: Any = connection.connection.dbapi_connection  # SQLAlchemy does not say that it is psycopg2's
    with driver.cursor() as cursor:
        try:
            cursor.copy_expert(f"copy {table} ({', '.join(columns)}) from stdin", source)
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
