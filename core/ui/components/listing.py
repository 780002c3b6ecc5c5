"""The table of a list that core/lists declares. The most important columns come first, for narrow screens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core.lists import Column, ListSpec, Shown
from core.ui.components.columns import cell_of, column_of
from core.ui.components.table import Sheet, sheet_of, table
from core.ui.shell import session_check
from core.ui.shell.looks import ONE_PAGE


@dataclass(frozen=True)
class Listing:
    """Rows of a list, ready to send to the browser without hidden columns, and the list's columns that aren't empty."""

    columns: tuple[Column, ...]
    sheet: Sheet


def listing_of(spec: ListSpec, rows: pd.DataFrame, shown: Shown, left_out: Sequence[str] = ()) -> Listing:
    """Prepare rows for `list_table`; `left_out` are the codes of hidden columns."""
    records = rows.to_dict("records")
    cells = {column: [cell_of(column, column.shown(row)) for row in records] for column in spec.columns_for(shown)}
    kept = tuple(column for column, own in cells.items() if not column.may_be_empty or not _is_empty(own))
    buttons = {lead.column: [lead.text] * len(rows) for lead in spec.leads if not _stands_in(spec, lead.column)}
    columns = {column.code: cells[column] for column in kept if column.code not in left_out}
    return Listing(kept, sheet_of(pd.DataFrame(buttons | columns, dtype=object)))


def list_table(
    spec: ListSpec, shown: Listing, currency: str | None, *, key: str, sorts: Callable[[str], None] | None = None
) -> tuple[int, str] | None:
    """Show a list; returns the index of the row that was just opened and the code of its target. `currency` is the
    currency of all amounts, None if a column has it. A click on a column's header calls `sorts` with the column's code:
    the browser has only one page of the list, so it can't sort itself.
    """
    sent = set(shown.sheet.cells.column_names)
    config: dict[str, Any] = {each.code: column_of(each, currency) for each in shown.columns if each.code in sent}
    for lead in spec.leads:
        label = next((column.label for column in spec.columns if column.code == lead.column), "")
        looks: Any = {"type": "tertiary"} if label else {"width": "small"}
        config[lead.column] = st.column_config.ButtonColumn(
            label or "Page", key=f"{key}_{lead.column}", help=lead.help or None, **looks
        )
    heads: dict[str, Any] = {}
    if sorts:
        heads = {"selection_mode": "single-column", "on_select": session_check.callback(partial(_sort, key, sorts))}
    with st.container(key=f"{ONE_PAGE}{key}"):
        table(replace(shown.sheet, config=config), alt=spec.alt, key=key, **heads)
    for lead in spec.leads:
        click = st.session_state.get(f"{key}_{lead.column}")
        if click is not None and 0 <= click.row < shown.sheet.cells.num_rows:
            return click.row, lead.to
    return None


def _sort(key: str, sorts: Callable[[str], None]) -> None:
    for code in st.session_state[key]["selection"]["columns"]:
        sorts(code)


def _is_empty(cells: Sequence[object]) -> bool:
    return all(cell is None or cell == "" for cell in cells)


def _stands_in(spec: ListSpec, code: str) -> bool:
    return any(column.code == code for column in spec.columns)
