"""The rows of the Case Tracker: how they can be sorted."""

import streamlit as st

from core.queries.case_tracker import all_cases, reversed_order
from core.ui import components
from core.ui.shell.view import View

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

all_of = all_cases
"""All cases that a filter leaves, for a file."""


def order_choice(view: View) -> str:
    """How the list is sorted: by any column within one account, by age, claim or change over many."""
    options = _SORTS if view.has_many_accounts else _SORTS | _BY_COLUMN
    order = options[components.one_of("Sort by", list(options), key="cases_sort")]
    if view.has_many_accounts:
        return order
    is_reversed = st.toggle("Reversed", key="cases_reversed", bind="query-params")
    return reversed_order(order) if is_reversed else order
