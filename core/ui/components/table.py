"""Tables with one look: no index, a dash for empty cells, columns configured by columns.py."""

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
    """A table in Streamlit's wire format (Arrow) with its column configuration. Caching it saves the conversion."""

    cells: Any
    config: Mapping[str, Any]


def sheet_of(rows: pd.DataFrame, config: Mapping[str, Any] | None = None) -> Sheet:
    """Convert rows for `table`."""
    return Sheet(internals.arrow_of(_visible(rows)), config or {})


def sheet(rows: pd.DataFrame, *, currency: str | None = None, column_config: Mapping[str, Any] | None = None) -> Sheet:
    """Like `sheet_of`, with the common column configuration. `currency` is the currency of all amounts, None if a
    column has it. `column_config` overrides the common configuration.
    """
    return sheet_of(rows, columns_of(rows, currency) | dict(column_config or {}))


def table(rows: pd.DataFrame | Sheet, *, alt: str, currency: str | None = None, **options: Any) -> Any:
    """Show rows; returns the selection event.

    `alt` is for screen readers. `currency` and `column_config` are as in `sheet`; a `Sheet` already has them. Other
    `options` are passed to `st.dataframe`.
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
    """The rows without those of the named columns that are empty in every row."""
    present = [name for name in names if name in rows.columns]
    return rows.drop(columns=[name for name in present if not ((rows[name] != "") & rows[name].notna()).any()])


def _visible(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their texts cleaned for display; other values are unchanged."""
    shown = rows.copy(deep=False)
    for position, kind in enumerate(rows.dtypes):
        if is_object_dtype(kind) or is_string_dtype(kind):
            cells = [visible(cell) if isinstance(cell, str) else cell for cell in rows.iloc[:, position]]
            shown.isetitem(position, pd.Series(cells, index=rows.index, dtype=kind))
    return shown


def height_of(rows: int, *, all_rows: bool = False) -> int:
    """Height in pixels: all rows of a short table, a scrolling window for a long one. It is explicit so that the page
    doesn't shift when the browser has loaded the table component.
    """
    return _ROW * ((rows if all_rows else min(rows, _ROWS_SEEN)) + 1) + _BORDERS
