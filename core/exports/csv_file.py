"""Writes any number of rows straight from the database into a CSV file."""

import csv
from pathlib import Path

from sqlalchemy import Connection

from core.exports.cells import written
from core.exports.table import Table

_AT_ONCE = 2000
"""Rows in memory at a time."""


def write_csv(connection: Connection, table: Table, path: Path) -> int:
    """Write all rows of a table with a header line; returns the number of rows.

    UTF-8 with a byte order mark, so that Excel recognizes it. The rows are those the connection's user may see now.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        result = connection.execution_options(stream_results=True, max_row_buffer=_AT_ONCE).execute(
            table.query, dict(table.values)
        )
        rows = 0
        for row in result.mappings():
            writer.writerow([written(row[name]) for name in table.columns])
            rows += 1
    return rows
