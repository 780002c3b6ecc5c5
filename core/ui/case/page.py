"""The parts of a case's own page."""

from typing import Any, NoReturn

import pandas as pd
import streamlit as st

from core.lists.cases import COLOURS
from core.queries.case import MOST_ROWS, CaseName
from core.ui import components
from core.ui.cache import answers
from core.ui.case import story
from core.ui.components.status_cards import ICONS
from core.ui.components.table import table, without_empty
from core.ui.shell import errors, links
from core.ui.shell.view import View
from core.ui.text import glossary
from core.ui.text.words import amount, category, count, day, marketplace, plain
from core.vocabulary import CASE_STATUSES

_OPEN = "Open"


def wanted(view: View) -> "pd.Series[Any]":
    """The case that the address names. One that is not there and one that is not the visitor's get the same answer."""
    place, case_id = (st.query_params.get(name, "") for name in ("marketplace", "case"))
    found = answers.case(view.scope, view.as_of, place, case_id) if place and case_id else pd.DataFrame()
    if found.empty:
        _not_there()
    return found.iloc[0]


def name_of(case: "pd.Series[Any]") -> CaseName:
    """Which case it is, for what else is asked of it."""
    return CaseName(int(case["account_id"]), str(case["marketplace"]), str(case["case_id"]))


def _not_there() -> NoReturn:
    errors.stop(
        "There is no such case, or it is not yours. The Case Tracker leads to those that are.", icon=":material/block:"
    )


def head(case: "pd.Series[Any]") -> None:
    """What became of the case and why, how much of it came back, and what is particular about it."""
    status = CASE_STATUSES[case["status"]]
    st.markdown(f"## Case {plain(case['case_id'])}")
    st.markdown(story.why(case))
    with st.container(horizontal=True):
        st.badge(status.label, icon=ICONS[status.code], color=COLOURS[status.code], help=status.meaning)
        kind = case["category"]
        st.badge(category(kind), icon=":material/label:", color="gray", help=glossary.of_category(kind))
        st.badge(marketplace(case["marketplace"]), icon=":material/storefront:", color="gray")
        for mark in story.marks(case):
            st.badge(mark, icon=":material/info:", color="violet", help=_MARKS[mark])
    if appeal := story.appeal(case):
        st.warning(appeal, icon=":material/hourglass_bottom:")
    _figures(case)
    if note := story.note(case):
        st.caption("Note")
        st.text(note)


_MARKS = {
    "Filed elsewhere": "No case file names it: it is known from payments that do. What was claimed, and when it was"
    " opened, is not known.",
    story.PAID_WITHOUT: "The marketplace paid its units by itself, by rows that do not name this case.",
}


def _figures(case: "pd.Series[Any]") -> None:
    opened, claimed, recovered, age = st.columns(4)
    ended = f"closed {day(case['closed_on'])}" if case["closed_on"] else "not closed"
    opened.metric("Opened", day(case["opened_on"]), ended if case["opened_on"] else "not stated", **_QUIET)
    claimed.metric("Claimed in the case", _money(case, "claimed"), _units(case, "claimed"), **_QUIET)
    recovered.metric("Recovered", _money(case, "recovered"), _units(case, "recovered"), **_QUIET)
    told = count(int(case["age_days"]), "day") if case["age_days"] is not None else "–"
    age.metric("Age", told, "until it was closed" if case["closed_on"] else "until today", **_QUIET)


_QUIET: Any = {"delta_color": "off", "delta_arrow": "off", "border": True}


def _money(case: "pd.Series[Any]", of: str) -> str:
    value = case[f"{of}_amount"]
    return "–" if value is None else amount(value, case["currency"])


def _units(case: "pd.Series[Any]", of: str) -> str:
    units = case[f"{of}_units"]
    return "units not stated" if units is None else count(int(units), "unit")


def history(case: "pd.Series[Any]", payments: pd.DataFrame) -> None:
    """The history beside the reimbursement rows."""
    left, right = st.columns([2, 3])
    with left, st.container(border=True, height="stretch"):
        st.header("History", anchor=False)
        steps = story.history(case, payments)
        lines = [f":gray[:material/{step.icon}:] {day(step.on)} · {step.text}" for step in steps]
        st.markdown("  \n".join(lines) or "No date of it is known.")
    with right, st.container(border=True, height="stretch"):
        st.header("Reimbursement rows", anchor=False)
        _payments(case, payments)


def _payments(case: "pd.Series[Any]", payments: pd.DataFrame) -> None:
    if payments.empty:
        st.caption("No reimbursement row names this case, and none has paid its items.")
        return
    if case["channel"] == "walmart":
        st.caption("Walmart's rows name no case: these settled its items, each with what went to them.")
    rows = pd.DataFrame(
        {
            "Paid on": payments["approved_on"],
            "Amount": payments["amount"],
            "Units": payments["units"],
            "Reason": payments["reason"],
            "Reimbursement": payments["reimbursement_id"],
            "Through": ["This case" if is_of_case else "Not this case" for is_of_case in payments["is_of_case"]],
        },
        dtype=object,
    )
    table(rows, alt="Reimbursement rows of the case", currency=case["currency"])
    _cut(payments)


def items(view: View, case: "pd.Series[Any]", covered: pd.DataFrame) -> None:
    """What the case covers; a row opens its item."""
    st.header("Items that it covers", anchor=False)
    if covered.empty:
        components.nothing("No item of the reports fits this case.", "It names goods of which no report tells a loss.")
        return
    rows = without_empty(
        pd.DataFrame(
            {
                _OPEN: [_OPEN] * len(covered),
                "Category": covered["category"].map(category),
                "SKU": covered["sku"],
                "FNSKU": covered["fnsku"],
                "Order or shipment": covered["order_or_shipment"],
                "Event": covered["event_on"],
                "Units": covered["units"],
                "Unit value": covered["unit_value"],
            },
            dtype=object,
        ),
        "FNSKU",
        "Order or shipment",
    )
    # pinned, so that it does not grow with a table of few columns
    button = st.column_config.ButtonColumn(
        "Page", key="case_items_open", width="small", pinned=True, help="The item's own page."
    )
    table(
        rows,
        alt="Items of the case: the first column opens one",
        currency=case["currency"],
        key="case_items",
        column_config={_OPEN: button},
    )
    _cut(covered)
    click = st.session_state.get("case_items_open")
    if click is not None and 0 <= click.row < len(covered):
        links.go("Item", links.to_item(view, case["account_id"], covered["item_id"].iloc[click.row]))


def entries(case: "pd.Series[Any]", rows: pd.DataFrame) -> None:
    """What the case files say of it."""
    if rows.empty:
        return
    st.header("As the case file has it", anchor=False)
    shown = pd.DataFrame(
        {
            "SKU": rows["sku"],
            "FNSKU": rows["fnsku"],
            "Order or shipment": rows["order_or_shipment"],
            "Category": rows["category"].map(category),
            "Claimed units": rows["claimed_units"],
            "Claimed amount": rows["claimed_amount"],
            "Decision": [story.DECISIONS.get(code, code).capitalize() for code in rows["decision"]],
            "Note": rows["note"],
            "File": rows["file"],
            "Line": rows["line"],
        },
        dtype=object,
    )
    table(
        without_empty(shown, "SKU", "FNSKU", "Order or shipment", "Decision", "Note"),
        alt="Rows of the case file",
        currency=case["currency"],
    )
    _cut(rows)


def _cut(rows: pd.DataFrame) -> None:
    if len(rows) == MOST_ROWS:
        st.caption(f"The first {MOST_ROWS} rows are shown.")
