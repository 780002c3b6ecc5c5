"""The rows of the Case Tracker: how they can be sorted, and what they add up to."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from core.queries.case_tracker import ORDERS, all_cases, reversed_order
from core.ui import parts
from core.ui.view import View
from core.ui.words import amount, count, number

_SORTS = {"Newest": "opened", "Largest claim": "claimed", "Latest change": "changed"}
_BY_COLUMN = {
    "Case": "case_id",
    "Status": "status",
    "Category": "category",
    "Marketplace": "marketplace",
    "Opened": "opened_on",
    "Age": "age_days",
    "Last change": "changed_on",
    "Appeal until": "appeal_until",
    "Claimed units": "claimed_units",
    "Claimed": "claimed_amount",
    "Recovered units": "recovered_units",
    "Recovered": "recovered_amount",
    "Source": "origin",
    "Note": "note",
}

KEYS = ORDERS
"""The columns that each order goes by, for turning pages."""

all_of = all_cases
"""All cases that a filter leaves, for a file."""


def order_choice(view: View) -> str:
    """How the list is sorted: by any column within one account, by age, claim or change over many."""
    options = _SORTS if view.has_many_accounts else _SORTS | _BY_COLUMN
    order = options[parts.one_of("Sort by", list(options), key="cases_sort")]
    if view.has_many_accounts:
        return order
    is_reversed = st.toggle("Reversed", key="cases_reversed", bind="query-params")
    return reversed_order(order) if is_reversed else order


def sum_line(found: pd.DataFrame) -> str:
    """What the list adds up to, in each currency (Markdown). `found` are the rows of `case_tracker.by_status`."""
    lines = []
    for currency, rows in found.groupby("currency", sort=True):
        claimed, recovered = (amount(sum(rows[name], Decimal(0)), str(currency)) for name in ("claimed", "recovered"))
        told = count(int(rows["cases"].sum()), "case")
        unstated = int(rows["without_claim"].sum())
        of = f" ({number(unstated)} do not say how much)" if unstated else ""
        lines.append(f"{told} · claimed **{claimed}**{of} · recovered **{recovered}**")
    return "  \n".join(lines)
