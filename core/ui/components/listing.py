"""The lists: rows of a query as people read them. The columns that matter most come first, for narrow screens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.ui.components.status_strip import COLOURS
from core.ui.components.table import Sheet, sheet, table, without_empty
from core.ui.items.holdings import RUNNING
from core.ui.text.glossary import STATUSES
from core.ui.text.words import basis, category, confidence, marketplace
from core.vocabulary import CASE_STATUSES, STAGES, Total

OPEN = "Open"
"""The column of buttons that lead to the row's own page, and what stands on them; a case has a status of this name."""

ORIGINS = {"case_file": "Case file", "filed_elsewhere": "Filed elsewhere"}
"""Where a case is known from."""

_VIEW = "View"

_DAYS = 90


@dataclass(frozen=True)
class Named:
    """What a list's rows must name, because they do not share it. `currency` is that of all; None where it differs."""

    account: bool
    marketplace: bool
    currency: str | None


def item_columns(rows: pd.DataFrame, stages: Sequence[str], named: Named) -> pd.DataFrame:
    """Items as their list shows them, one row per item and stage; columns that are empty throughout are left out."""
    columns = {OPEN: [OPEN] * len(rows), **_first(rows, stages), **_place(rows, named), **_goods(rows)}
    return without_empty(
        pd.DataFrame(columns | _last(rows, stages)),
        "Expires in",
        "Deadline",
        "FNSKU",
        "Order or shipment",
        "Case",
        "Why in review",
    )


def item_sheet(columns: pd.DataFrame, currency: str | None, *, key: str) -> Sheet:
    """The columns of items as `item_list` shows them under the same key."""
    config = {
        "Expires in": st.column_config.ProgressColumn(
            "Expires in",
            format="%d days",
            min_value=0,
            max_value=_DAYS,
            help="Days until the claim window closes; on day 0 it is still open.",
        ),
        OPEN: st.column_config.ButtonColumn(
            "Page",
            key=f"{key}_open",
            width="small",
            help="What happened, the rule, the value and the report's own rows.",
        ),
    }
    return sheet(columns, currency=currency, column_config=config)


def item_list(shown: Sheet, *, key: str) -> int | None:
    """Show items, and return the number of the row that the visitor just opened."""
    table(shown, alt="Items: the first column opens one", key=key)
    return _opened(key, shown)


def case_sheet(rows: pd.DataFrame, named: Named, *, key: str) -> Sheet:
    """Cases as `case_list` shows them under the same key."""
    columns = {
        OPEN: [_VIEW] * len(rows),
        "Case": rows["case_id"],
        "Status": [[CASE_STATUSES[status].label] for status in rows["status"]],
        "Claimed": rows["claimed_amount"],
        "Recovered": rows["recovered_amount"],
        **_place(rows, named),
        "Opened": rows["opened_on"],
        "Age": rows["age_days"],
        "Claimed units": rows["claimed_units"],
        "Recovered units": rows["recovered_units"],
        "Last change": rows["changed_on"],
        "Appeal until": rows["appeal_until"],
        "Source": rows["origin"].map(ORIGINS),
        "Note": rows["note"],
    }
    config = {
        "Status": _badges(),
        "Age": st.column_config.NumberColumn("Age", format="%d days", help="Until it was closed, or until today."),
        OPEN: st.column_config.ButtonColumn(
            "Page", key=f"{key}_open", width="small", help="Its items, its reimbursement rows and its history."
        ),
    }
    shown = without_empty(pd.DataFrame(columns), "Appeal until", "Note")
    return sheet(shown, currency=named.currency, column_config=config)


def case_list(shown: Sheet, *, key: str) -> int | None:
    """Show cases, and return the number of the row that the visitor just opened."""
    table(shown, alt="Cases: the first column opens one", key=key)
    return _opened(key, shown)


def _opened(key: str, shown: Sheet) -> int | None:
    click = st.session_state.get(f"{key}_open")
    return click.row if click is not None and 0 <= click.row < shown.cells.num_rows else None


def _first(rows: pd.DataFrame, stages: Sequence[str]) -> dict[str, object]:
    """How urgent and how much; for what was lost, why."""
    columns: dict[str, object] = {}
    if set(stages) & set(RUNNING):
        columns["Expires in"] = rows["days_left"]
    columns["Amount"] = rows["amount"]
    if len(stages) > 1:
        is_lost = all(STAGES[stage].total is Total.LOST for stage in stages)
        columns["Lost because" if is_lost else "Stage"] = [STAGES[stage].label for stage in rows["stage"]]
    return columns


def _place(rows: pd.DataFrame, named: Named) -> dict[str, object]:
    def present() -> Iterator[tuple[str, object]]:
        if named.currency is None:
            yield "Currency", rows["currency"]
        yield "Category", rows["category"].map(category)
        if named.account:
            yield "Account", rows["account"]
        if named.marketplace:
            yield "Marketplace", rows["marketplace"].map(marketplace)

    return dict(present())


def _goods(rows: pd.DataFrame) -> dict[str, object]:
    return {
        "SKU": rows["sku"],
        "FNSKU": rows["fnsku"],
        "Order or shipment": rows["order_or_shipment"],
        "Units": rows["units"],
        "Unit value": rows["unit_value"],
        "Value from": rows["value_basis"].map(basis),
        "Event": rows["event_on"],
    }


def _last(rows: pd.DataFrame, stages: Sequence[str]) -> dict[str, object]:
    """The rule and its dates while they matter, then the case."""
    columns: dict[str, object] = {} if set(stages) <= set(RUNNING) else {"Case": rows["case_id"]}
    if not set(stages) & set(RUNNING):
        return columns
    if "future" in stages:
        columns["Opens"] = rows["opens_on"]
    if "review" in stages:
        columns["Why in review"] = rows["review_reason"]
    rules = [_rule(*pair) for pair in zip(rows["window_rule"], rows["window_confidence"], strict=True)]
    return columns | {"Deadline": rows["deadline_on"], "Rule": rules}


def _badges() -> Any:
    labels = [status.label for status in CASE_STATUSES.values()]
    return st.column_config.MultiselectColumn(
        "Status", options=labels, color=[COLOURS[code] for code in CASE_STATUSES], help=STATUSES
    )


def _rule(rule: str | None, sure: str | None) -> str:
    return confidence(sure) if rule else "No published deadline"
