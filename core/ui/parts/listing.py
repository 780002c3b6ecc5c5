"""The lists: rows of a query as people read them. The columns that matter most come first, for narrow screens."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.ui.parts.table import table, without_empty
from core.ui.words import category, marketplace
from core.vocabulary import CASE_STATUSES, STAGES, Total

RUNNING = ("ready", "future", "review")
"""Stages whose deadline runs: only these can expire."""

_DAYS = 90
_BASES = {
    "sourcing_cost": "Your sourcing cost",
    "last_paid": "Last paid",
    "average_sale": "Average sale less fees",
    "paid": "Paid",
    "unknown": "Not known yet",
}
_CONFIDENCES = {"verified": "Verified", "secondary": "Secondary source", "unconfirmed": "Unconfirmed"}


@dataclass(frozen=True)
class Named:
    """What a list's rows must name, because they do not share it. `currency` is that of all; None where it differs."""

    account: bool
    marketplace: bool
    currency: str | None


def item_list(rows: pd.DataFrame, stages: Sequence[str], named: Named, *, key: str) -> None:
    """Show items, one row per item and stage."""
    columns = {**_first(rows, stages), **_place(rows, named), **_goods(rows), **_last(rows, stages)}
    config = {
        "Expires in": st.column_config.ProgressColumn(
            "Expires in",
            format="%d days",
            min_value=0,
            max_value=_DAYS,
            help="Days until the claim window closes; on day 0 it is still open.",
        )
    }
    shown = without_empty(pd.DataFrame(columns), "Expires in", "Deadline", "FNSKU", "Order or shipment", "Case")
    table(shown, alt="Items", currency=named.currency, key=key, column_config=config)


def case_list(rows: pd.DataFrame, named: Named, *, key: str) -> list[int]:
    """Show cases and return the numbers of the rows that the visitor marked: one or none."""
    columns = {
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
        "Source": ["Case file" if origin == "case_file" else "Filed elsewhere" for origin in rows["origin"]],
        "Note": rows["note"],
    }
    config = {
        "Status": _badges(),
        "Age": st.column_config.NumberColumn("Age", format="%d days", help="Until it was closed, or until today."),
    }
    event = table(
        without_empty(pd.DataFrame(columns), "Appeal until", "Note"),
        alt="Cases: mark a row to open the case below",
        currency=named.currency,
        key=key,
        column_config=config,
        on_select="rerun",
        selection_mode="single-row",
    )
    return [row for row in event["selection"]["rows"] if row < len(rows)]


def _first(rows: pd.DataFrame, stages: Sequence[str]) -> dict[str, object]:
    """How urgent and how much; for what was lost, why."""
    columns: dict[str, object] = {}
    if set(stages) <= set(RUNNING):
        columns["Expires in"] = rows["days_left"]
    if all(STAGES[stage].total is Total.LOST for stage in stages):
        columns["Lost because"] = [STAGES[stage].label for stage in rows["stage"]]
    return columns | {"Amount": rows["amount"]}


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
        "Value from": rows["value_basis"].map(_label_in(_BASES)),
        "Event": rows["event_on"],
    }


def _last(rows: pd.DataFrame, stages: Sequence[str]) -> dict[str, object]:
    """The rule and its dates while they matter, then the case."""
    if not set(stages) <= set(RUNNING):
        return {"Case": rows["case_id"]}
    columns: dict[str, object] = {}
    if "future" in stages:
        columns["Opens"] = rows["opens_on"]
    if "review" in stages:
        columns["Why in review"] = rows["review_reason"]
    rules = [_rule(*pair) for pair in zip(rows["window_rule"], rows["window_confidence"], strict=True)]
    return columns | {"Deadline": rows["deadline_on"], "Rule": rules}


def _badges() -> Any:
    labels = [status.label for status in CASE_STATUSES.values()]
    return st.column_config.MultiselectColumn("Status", options=labels, color=["orange", "blue", "blue", "red", "gray"])


def _rule(rule: str | None, confidence: str | None) -> str:
    return _CONFIDENCES.get(confidence or "", confidence or "") if rule else "No published deadline"


def _label_in(labels: dict[str, str]) -> Callable[[str], str]:
    return lambda code: labels.get(code, code.replace("_", " "))
