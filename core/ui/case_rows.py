"""The rows of the Case Tracker: how they can be sorted, and what a marked one shows."""

from datetime import date
from typing import Any

import pandas as pd

from core.queries.case_tracker import ORDERS, CaseName, all_cases
from core.ui import cached, parts
from core.ui.view import Scope

SORTS = {"Newest": "opened", "Largest claim": "claimed", "Last change": "changed"}
"""The orders of the list, by the words of the choice."""

KEYS = ORDERS
"""The columns that each order goes by, for turning pages."""

all_of = all_cases
"""All cases that a filter leaves, for a file."""


def details(scope: Scope, as_of: date | None, case: "pd.Series[Any]") -> None:
    """Show the goods of a case and what was paid for it."""
    name = CaseName(int(str(case["account_id"])), str(case["marketplace"]), str(case["case_id"]))
    parts.case_details(case, cached.case_goods(scope, as_of, name), cached.case_payments(scope, as_of, name))
