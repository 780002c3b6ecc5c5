"""The filters of the Case Tracker. Their values live in the address."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from core.queries.case_tracker import CaseFilter
from core.ui import carried, glossary
from core.ui.words import marketplace
from core.vocabulary import CASE_STATUSES, CATEGORIES

OVERALL, REIMBURSED = "Overall Cases", "Reimbursed Cases"
_ANYWHERE, _ALL_CATEGORIES = "All marketplaces", "All categories"
_LABELS = {status.label: code for code, status in CASE_STATUSES.items()}


def view_choice() -> tuple[str, ...]:
    """The two views: returns the codes of the statuses that the chosen one holds."""
    chosen = st.segmented_control(
        "View",
        [OVERALL, REIMBURSED],
        default=OVERALL,
        required=True,
        key="cases_view",
        bind="query-params",
        label_visibility="collapsed",
        help="Overall: active and completed. Reimbursed: partially or fully.",
    )
    return tuple(code for code, status in CASE_STATUSES.items() if chosen != REIMBURSED or status.is_reimbursed)


def fields(marketplaces: Sequence[str]) -> CaseFilter:
    """Show the fields of a row and return what they ask for, of any status."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        case_id = st.text_input(
            "Case id",
            key="cases_id",
            bind="query-params",
            type="search",
            placeholder="Case id",
            help="A search by case id ignores every other filter.",
            width=140,
        )
        goods = st.text_input(
            "FNSKU, SKU or order",
            key="cases_goods",
            bind="query-params",
            type="search",
            placeholder="FNSKU, SKU …",
            help="By what an FNSKU, a SKU, an order or a shipment of the case begins with.",
            width=155,
        )
        place = _marketplace(marketplaces)
        kind = _category()
        opened = st.date_input(
            "Opened between", value=[], key="cases_opened", bind="query-params", format="YYYY-MM-DD", width=235
        )
    first, last = _dates(opened)
    return CaseFilter((), place, kind, first, last, (goods or "").strip(), (case_id or "").strip())


def about(wanted: CaseFilter) -> dict[str, str]:
    """A filter in words, for a file."""
    return {
        "Status": ", ".join(CASE_STATUSES[status].label for status in wanted.statuses) or "All",
        "Marketplace": marketplace(wanted.marketplace) if wanted.marketplace else "All",
        "Category": CATEGORIES[wanted.category].label if wanted.category else "All",
        "Opened": f"{wanted.opened_from or ''} to {wanted.opened_to or ''}".strip(),
        "FNSKU, SKU or order": wanted.goods,
        "Case id": wanted.case_id,
    }


def status_choice(within: Sequence[str]) -> tuple[str, ...]:
    """Which of the view's statuses are chosen; all of them where none is."""
    options = [CASE_STATUSES[code].label for code in within]
    if "cases_status" in st.session_state:
        st.session_state["cases_status"] = [
            label for label in st.session_state["cases_status"] or [] if label in options
        ]
    picked = st.pills(
        "Status", options, selection_mode="multi", key="cases_status", bind="query-params", help=glossary.STATUSES
    )
    codes = tuple(_LABELS[label] for label in picked if label in options)
    return codes or tuple(within)


def _marketplace(present: Sequence[str]) -> str | None:
    by_label = {marketplace(code): code for code in present}
    carried.forget_unless("cases_marketplace", [_ANYWHERE, *by_label])
    label = st.selectbox("Marketplace", [_ANYWHERE, *by_label], key="cases_marketplace", bind="query-params", width=175)
    return by_label.get(label or "")


def _category() -> str | None:
    by_label = {entry.label: code for code, entry in CATEGORIES.items()}
    label = st.selectbox("Category", [_ALL_CATEGORIES, *by_label], key="cases_category", bind="query-params", width=175)
    return by_label.get(label or "")


def _dates(opened: object) -> tuple[date | None, date | None]:
    """Both ends of the range; a range of which only the first day is chosen yet has no end."""
    days = [day for day in opened if isinstance(day, date)] if isinstance(opened, tuple) else []
    return (days[0] if days else None), (days[1] if len(days) > 1 else None)
