"""Rows by which something was paid or taken back, with the ways to what they settled."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from core.ui.components.listing import OPEN, Named
from core.ui.components.table import table, without_empty
from core.ui.text.words import marketplace

CASE = "Case"


class Picked(NamedTuple):
    """The number of a row, and the column in which the visitor clicked: OPEN or CASE."""

    row: int
    column: str


def payment_table(rows: pd.DataFrame, named: Named, *, key: str) -> Picked | None:
    """Show the rows, and return what was just clicked in them."""
    columns: dict[str, object] = {OPEN: [OPEN] * len(rows), "Paid on": rows["approved_on"], "Amount": rows["amount"]}
    if named.currency is None:
        columns["Currency"] = rows["currency"]
    columns["Reason"] = rows["reason"]
    if named.account:
        columns["Account"] = rows["account"]
    if named.marketplace:
        columns["Marketplace"] = rows["marketplace"].map(marketplace)
    columns |= {
        CASE: [case_id or None for case_id in rows["case_id"]],
        "Reimbursement": rows["reimbursement_id"],
        "Order": rows["order_id"],
        "SKU": rows["sku"],
        "FNSKU": rows["fnsku"],
        "Units in cash": rows["units_cash"],
        "Units in kind": rows["units_inventory"],
        "Takes back": rows["original_reimbursement_id"],
    }
    config = {
        OPEN: st.column_config.ButtonColumn(
            "Page", key=f"{key}_{OPEN}", width="small", help="The item that it settled."
        ),
        CASE: st.column_config.ButtonColumn(CASE, key=f"{key}_{CASE}", type="tertiary", help="The case that it names."),
        "Reason": st.column_config.TextColumn("Reason", width="medium"),
    }
    table(
        without_empty(pd.DataFrame(columns, dtype=object), CASE, "Order", "SKU", "FNSKU", "Takes back"),
        alt="Payments: the first column opens what each settled",
        currency=named.currency,
        key=key,
        column_config=config,
    )
    for column in (OPEN, CASE):
        click = st.session_state.get(f"{key}_{column}")
        if click is not None and 0 <= click.row < len(rows):
            return Picked(click.row, column)
    return None
