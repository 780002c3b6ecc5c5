"""One case opened under the list: what it covers and what it brought."""

from typing import Any

import pandas as pd
import streamlit as st

from core.ui.parts.table import table
from core.ui.words import amount, category, day, marketplace, plain
from core.vocabulary import CASE_STATUSES


def case_details(case: "pd.Series[Any]", goods: pd.DataFrame, payments: pd.DataFrame) -> None:
    """Show a row of the list with the items that it covers and the reimbursement rows that name it."""
    currency = case["currency"]
    with st.container(border=True):
        st.subheader(f"Case {plain(case['case_id'])}", anchor=False, icon=":material/folder_open:")
        facts = (
            plain(case["account"]),
            marketplace(case["marketplace"]),
            f"**{CASE_STATUSES[case['status']].label}**",
            f"opened {day(case['opened_on'])}",
            f"claimed {amount(case['claimed_amount'], currency)}",
            f"recovered {amount(case['recovered_amount'], currency)}",
            plain(case["note"]),
        )
        st.caption(" · ".join(fact for fact in facts if fact))
        left, right = st.columns(2)
        with left:
            st.markdown("**What it covers**")
            _rows(_goods(goods), currency, "No item of the reports fits this case.", "Items of the case")
        with right:
            st.markdown("**What it brought**")
            _rows(_payments(payments), currency, "No reimbursement names this case.", "Reimbursements of the case")


def _rows(rows: pd.DataFrame, currency: str, without: str, alt: str) -> None:
    if rows.empty:
        st.caption(without)
    else:
        table(rows, alt=alt, currency=currency)


def _goods(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Category": rows["category"].map(category),
            "SKU": rows["sku"],
            "FNSKU": rows["fnsku"],
            "Event": rows["event_on"],
            "Units": rows["units"],
            "Unit value": rows["unit_value"],
        },
        dtype=object,
    )


def _payments(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Paid on": rows["approved_on"],
            "Amount": rows["amount"],
            "Units in cash": rows["units_cash"],
            "Units in kind": rows["units_inventory"],
            "Reason": rows["reason"],
            "Reimbursement": rows["reimbursement_id"],
        },
        dtype=object,
    )
