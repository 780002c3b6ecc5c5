"""The content of an export: a query, and the type of each column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Executable

Kind = Literal["text", "number", "amount", "date"]
"""Type of a column: `amount` has the decimals of its row's currency; identifiers are text."""


@dataclass(frozen=True)
class Table:
    """All rows of a list. `columns` are the written columns in order, with their kinds; the query may return more. The
    names stay stable, because programs read the files.
    """

    query: Executable
    values: Mapping[str, object]
    columns: Mapping[str, Kind]
