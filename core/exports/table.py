"""What is written into a file: a question, and what each of its columns holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Executable

Kind = Literal["text", "number", "amount", "date"]
"""How a column is read: `amount` has the decimals of its row's currency; whatever names something is text."""


@dataclass(frozen=True)
class Table:
    """All rows of a list. `columns` are the names that are written, in their order, with their kinds; the query may
    have others beside them. The names are kept stable, for whoever reads the file by a program.
    """

    query: Executable
    values: Mapping[str, object]
    columns: Mapping[str, Kind]
