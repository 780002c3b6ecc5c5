"""Tables, all of one look: no index, a dash where there is nothing, columns as columns.py has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from pandas.api.types import is_object_dtype, is_string_dtype

from core.text import visible
from core.ui.components.columns import columns_of
from core.ui.shell import internals

NOTHING = "–"
_ROWS_SEEN = 15
_ROW, _BORDERS = 35, 2


@dataclass(frozen=True)
class Sheet:
    """A table as it is sent, as Streamlit makes it of a frame (Arrow), with the configuration of its columns: what is
    kept of it need not be made again.
    """

    cells: Any
    config: Mapping[str, Any]


def sheet_of(rows: pd.DataFrame, config: Mapping[str, Any] | None = None) -> Sheet:
    """Rows under the names of their columns, ready to be shown by `table`."""
    return Sheet(internals.arrow_of(_visible(rows)), config or {})


def sheet(rows: pd.DataFrame, *, currency: str | None = None, column_config: Mapping[str, Any] | None = None) -> Sheet:
    """The same with the configuration of their columns. `currency` is that of all amounts; None means that a column
    names it. A `column_config` goes before the common one.
    """
    return sheet_of(rows, columns_of(rows, currency) | dict(column_config or {}))


def table(rows: pd.DataFrame | Sheet, *, alt: str, currency: str | None = None, **options: Any) -> Any:
    """Show rows, and return what was marked in them.

    `alt` is what a screen reader says. `currency` and a `column_config` are as in `sheet`, which has them where it was
    made already; other `options` are those of `st.dataframe`.
    """
    if isinstance(rows, pd.DataFrame):
        rows = sheet(rows, currency=currency, column_config=options.pop("column_config", None))
    return st.dataframe(
        rows.cells,
        hide_index=True,
        column_config=dict(rows.config) | options.pop("column_config", {}),
        height=height_of(rows.cells.num_rows),
        placeholder=NOTHING,
        alt=alt,
        **options,
    )


def without_empty(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The rows without those of the named columns that are there and empty in every row."""
    present = [name for name in names if name in rows.columns]
    return rows.drop(columns=[name for name in present if not ((rows[name] != "") & rows[name].notna()).any()])


def _visible(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their texts as they may be shown; whatever else is in them stays what it is."""
    shown = rows.copy(deep=False)
    for position, kind in enumerate(rows.dtypes):
        if is_object_dtype(kind) or is_string_dtype(kind):
            cells = [visible(cell) if isinstance(cell, str) else cell for cell in rows.iloc[:, position]]
            shown.isetitem(position, pd.Series(cells, index=rows.index, dtype=kind))
    return shown


def height_of(rows: int, *, all_rows: bool = False) -> int:
    """All rows of a short table, a window on a long one, in pixels: said, so that nothing below moves when the browser
    has loaded what draws tables.
    """
    return _ROW * ((rows if all_rows else min(rows, _ROWS_SEEN)) + 1) + _BORDERS
