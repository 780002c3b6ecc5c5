"""Parts of a case's page."""

from decimal import Decimal
from typing import Any, NoReturn

import pandas as pd
import streamlit as st

from core.form import percent
from core.lists.cases import COLOURS
from core.queries.case import MOST_ROWS, CaseName
from core.ui import components
from core.ui.cache import answers
from core.ui.case import story
from core.ui.components.status_cards import ICONS
from core.ui.components.table import table, without_empty
from core.ui.lists import neighbours
from core.ui.shell import errors, links
from core.ui.shell.view import View
from core.ui.text import glossary
from core.ui.text.words import amount, category, count, day, marketplace, plain, reason
from core.vocabulary import CASE_STATUSES, MARKETPLACES, case_address

_OPEN = "Open"
_LIST = "Case Tracker"


def wanted(view: View) -> "pd.Series[Any]":
    """The case in the URL. A missing case and one that the visitor has no access to show the same message."""
    place, case_id = (st.query_params.get(name, "") for name in ("marketplace", "case"))
    found = answers.case(view.scope, view.as_of, place, case_id) if place and case_id else pd.DataFrame()
    if found.empty:
        _not_there()
    return found.iloc[0]


def name_of(case: "pd.Series[Any]") -> CaseName:
    """The case's key for further queries."""
    return CaseName(int(case["account_id"]), str(case["marketplace"]), str(case["case_id"]))


def _not_there() -> NoReturn:
    errors.not_found("Case not found, or you don't have access.", _LIST, "Back to cases")


def head(view: View, case: "pd.Series[Any]") -> None:
    """Show the case's status and the reason for it, filed and recovered amounts, dates, and a possible appeal."""
    status = CASE_STATUSES[case["status"]]
    name = name_of(case)
    view.retitle(f"Case {plain(name.case_id)} · {status.label}")
    neighbours.show(view, "case", vars(name), home=_LIST)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(status.label, icon=ICONS[status.code], color=COLOURS[status.code], help=status.meaning)
        kind = case["category"]
        st.badge(category(kind), icon=":material/label:", color="gray", help=glossary.of_category(kind))
        st.badge(marketplace(case["marketplace"]), icon=":material/storefront:", color="gray")
        for mark in story.marks(case):
            st.badge(mark, icon=":material/info:", color="violet", help=_MARKS[mark])
    st.markdown(story.why(case))
    if appeal := story.appeal(case):
        st.warning(appeal, icon=":material/hourglass_bottom:")
    left, right = st.columns([3, 2])
    with left, st.container(border=True, height="stretch"):
        _recovered_of_filed(case)
    with right, st.container(border=True, height="stretch"):
        _facts(case)
        _at_the_marketplace(name)
    if note := story.note(case):
        st.caption("Note")
        st.text(note)


_MARKS = {
    "Filed elsewhere": "No case file names it: it is known from payments that do. What it filed is not known, nor"
    " when it was opened.",
    story.PAID_WITHOUT: "The marketplace paid its units by itself, by payments that do not name this case.",
}


def _recovered_of_filed(case: "pd.Series[Any]") -> None:
    """Show the filed and the recovered amount, and a bar of the recovered share."""
    filed, recovered = st.columns(2)
    filed.metric("Filed", _money(case, "claimed"), _units(case, "claimed"), **_QUIET)
    recovered.metric("Recovered", _money(case, "recovered"), _units(case, "recovered"), **_QUIET)
    of, came = case["claimed_amount"], case["recovered_amount"] or Decimal(0)
    if of:
        share = came / of
        st.progress(min(max(float(share), 0.0), 1.0), text=f"{percent(share)} of what was filed is recovered")


def _facts(case: "pd.Series[Any]") -> None:
    """Show the case's known dates."""
    age = case["age_days"]
    told = {
        "Opened": case["opened_on"] and day(case["opened_on"]),
        "Decided": case["decided_on"] and day(case["decided_on"]),
        "Closed": case["closed_on"] and day(case["closed_on"]),
        "Age": "" if age is None else f"{count(int(age), 'day')}{'' if case['closed_on'] else ', until today'}",
    }
    lines = [f":gray[{name}] {words}" for name, words in told.items() if words]
    st.markdown("  \n".join(lines) or ":gray[No date of it is known.]")


def _at_the_marketplace(name: CaseName) -> None:
    if name.marketplace not in MARKETPLACES:
        return
    channel = MARKETPLACES[name.marketplace].channel.label
    if address := case_address(name.marketplace, name.case_id):
        st.link_button(f"Open at {channel}", address, icon=":material/open_in_new:")
    st.caption(f"Case id at {channel}")
    st.code(name.case_id, language=None, wrap_lines=True)


_QUIET: Any = {"delta_color": "off", "delta_arrow": "off"}


def _money(case: "pd.Series[Any]", of: str) -> str:
    value = case[f"{of}_amount"]
    return "–" if value is None else amount(value, case["currency"])


def _units(case: "pd.Series[Any]", of: str) -> str | None:
    units = case[f"{of}_units"]
    return None if units is None else count(int(units), "unit")


def history(case: "pd.Series[Any]", payments: pd.DataFrame) -> None:
    """Show the history beside the payments."""
    left, right = st.columns([2, 3])
    with left, st.container(border=True, height="stretch"):
        st.header("History", anchor=False)
        steps = story.history(case, payments)
        for step in steps:
            st.markdown(f":gray[:material/{step.icon}:] {day(step.on)} · {step.text}", help=step.help or None)
        if not steps:
            st.markdown("No date of it is known.")
    with right, st.container(border=True, height="stretch"):
        st.header("Payments", anchor=False)
        _payments(case, payments)


def _payments(case: "pd.Series[Any]", payments: pd.DataFrame) -> None:
    if payments.empty:
        st.caption("No payment names this case, and none has paid its items.")
        return
    if case["channel"] == "walmart":
        st.caption("Walmart's payments name no case. These settled its items, each with what went to them.")
    rows = pd.DataFrame(
        {
            "Paid on": payments["approved_on"],
            "Amount": payments["amount"],
            "Units": payments["units"],
            "Reason": payments["reason"].map(reason),
            "Reimbursement": payments["reimbursement_id"],
            "Through": ["This case" if each else "Not this case" for each in payments["is_of_case"]],
            "Reason code": payments["reason"],
        },
        dtype=object,
    )
    table(
        without_empty(rows, "Units", "Reimbursement"),
        alt="Payments of the case",
        currency=case["currency"],
    )
    _cut(payments)


def items(view: View, case: "pd.Series[Any]", covered: pd.DataFrame) -> None:
    """Show the items that the case covers; each row has a button that opens its item."""
    st.header("Items covered", anchor=False)
    if covered.empty:
        components.nothing("No item of the reports fits this case.", "It names goods for which no report has a loss.")
        return
    rows = without_empty(
        pd.DataFrame(
            {
                _OPEN: [_OPEN] * len(covered),
                "Category": covered["category"].map(category),
                "Units": covered["units"],
                "Unit value": covered["unit_value"],
                "SKU": covered["sku"],
                "FNSKU": covered["fnsku"],
                "Order or shipment": covered["order_or_shipment"],
                "Event": covered["event_on"],
            },
            dtype=object,
        ),
        *("Unit value", "SKU", "FNSKU", "Order or shipment", "Event"),
    )
    # pinned, so that it doesn't grow in a table with few columns
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
        neighbours.remember()
        links.go("Item", links.to_item(view, case["account_id"], covered["item_id"].iloc[click.row]))


def entries(case: "pd.Series[Any]", rows: pd.DataFrame) -> None:
    """Show the case's lines in the case files."""
    if rows.empty:
        return
    st.header("Case file record", anchor=False)
    shown = pd.DataFrame(
        {
            "Category": rows["category"].map(category),
            "Units filed": rows["claimed_units"],
            "Amount filed": rows["claimed_amount"],
            "Decision": [story.DECISIONS.get(code, code).capitalize() for code in rows["decision"]],
            "SKU": rows["sku"],
            "FNSKU": rows["fnsku"],
            "Order or shipment": rows["order_or_shipment"],
            "Note": rows["note"],
            "File": rows["file"],
            "Line": rows["line"],
        },
        dtype=object,
    )
    table(
        without_empty(
            shown, "SKU", "FNSKU", "Order or shipment", "Decision", "Note", "Category", "Units filed", "Amount filed"
        ),
        alt="Lines of the case file",
        currency=case["currency"],
    )
    _cut(rows)


def _cut(rows: pd.DataFrame) -> None:
    if len(rows) == MOST_ROWS:
        st.caption(f"The first {MOST_ROWS} are shown.")
