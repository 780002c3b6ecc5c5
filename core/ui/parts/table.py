"""Tables, all of one look: no index, a dash where there is nothing, columns as core/ui/parts/columns.py has them."""

from typing import Any, Literal

import pandas as pd
import streamlit as st

from core.ui.parts.columns import columns_of

NOTHING = "–"
_ROWS_SEEN = 15


def table(rows: pd.DataFrame, *, alt: str, currency: str | None = None, **options: Any) -> Any:
    """Show rows under the names of their columns, and return what was marked in them.

    `alt` is what a screen reader says. `currency` is that of all amounts; None means that a column names it. `options`
    are those of `st.dataframe`; a `column_config` among them goes before the common one.
    """
    config = columns_of(rows, currency) | options.pop("column_config", {})
    return st.dataframe(
        rows, hide_index=True, column_config=config, height=_height(rows), placeholder=NOTHING, alt=alt, **options
    )


def without_empty(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The rows without those of the named columns that are there and empty in every row."""
    present = [name for name in names if name in rows.columns]
    return rows.drop(columns=[name for name in present if not ((rows[name] != "") & rows[name].notna()).any()])


def _height(rows: pd.DataFrame) -> int | Literal["content"]:
    """All rows of a short table, a window on a long one (pixels)."""
    return "content" if len(rows) <= _ROWS_SEEN else 560
