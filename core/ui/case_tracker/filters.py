"""The filters of the Case Tracker. Their values live in the address."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from core.queries.case_tracker import CaseFilter
from core.queries.outcomes import AGES
from core.text import searched
from core.ui import components
from core.ui.outcomes.numbers import BUCKETS
from core.ui.shell import carried
from core.ui.shell.links import APPROVED, SEVERAL, place_label
from core.ui.text import glossary
from core.ui.text.words import category
from core.vocabulary import CASE_ORIGINS, CASE_STATUSES, CATEGORIES, MARKETPLACES, Channel

OVERALL, REIMBURSED = "Overall Cases", "Reimbursed Cases"
_ANYWHERE, _ALL_CATEGORIES = "All marketplaces", "All categories"
_AGES: dict[str, tuple[int | None, int | None]] = {
    label: (first, last)
    for label, first, last in zip(BUCKETS, (None, *(age + 1 for age in AGES)), (*AGES, None), strict=True)
}
_ANY_AGE, _ANY_SOURCE, _ANY_CLAIM, _ANY_APPROVAL = "Any age", "All sources", "With or without", "Approved or not"
_ANY_CURRENCY = "All currencies"
_ANY = (_ANY_AGE, _ANY_SOURCE, _ANY_CLAIM, _ANY_APPROVAL, _ANY_CURRENCY)
_CLAIMS = {"Says how much it claims": True, "Does not say": False}
_MORE = ("cases_decided", "cases_age", "cases_source", "cases_claim", "cases_approval", "cases_currency")
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


def fields(marketplaces: Sequence[str], currencies: Sequence[str]) -> CaseFilter:
    """Show the fields of a row and return what they ask for, of any status. There are cases in all that is given."""
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
        more = _more(currencies)
    first, last = dates_of(opened)
    channel = place if place in set(Channel) else None
    wanted = CaseFilter((), None if channel else place, kind, first, last, searched(goods), searched(case_id))
    return replace(wanted, channel=channel, **more)


def _more(currencies: Sequence[str]) -> dict[str, Any]:
    """The filters that are asked for less often, and what stands in them. They are there where one of them is chosen,
    or while they are open: most runs do without them.
    """
    shown = st.popover("More filters", icon=":material/tune:", key="cases_more", on_change="rerun")
    if not shown.open and not any(map(_is_chosen, _MORE)):
        return {}
    with shown:
        decided = st.date_input(
            "Decided between",
            value=[],
            key="cases_decided",
            bind="query-params",
            format="YYYY-MM-DD",
            help="On the day of the decision, else on that of the end. Open cases are left out.",
        )
        age = components.one_of("Age", [_ANY_AGE, *_AGES], key="cases_age")
        source = components.one_of("Source", [_ANY_SOURCE, *CASE_ORIGINS.values()], key="cases_source")
        claim = components.one_of("Claimed amount", [_ANY_CLAIM, *_CLAIMS], key="cases_claim")
        approval = components.one_of("Approval", [_ANY_APPROVAL, APPROVED], key="cases_approval")
        carried.forget_unless("cases_currency", [_ANY_CURRENCY, *currencies])
        currency = components.one_of("Currency", [_ANY_CURRENCY, *currencies], key="cases_currency")
    first, last = dates_of(decided)
    youngest, oldest = _AGES.get(age, (None, None))
    by_label = {label: code for code, label in CASE_ORIGINS.items()}
    return {
        "decided_from": first,
        "decided_to": last,
        "age_from": youngest,
        "age_to": oldest,
        "origin": by_label.get(source),
        "has_claim": _CLAIMS.get(claim),
        "is_approved": approval == APPROVED,
        "currency": None if currency == _ANY_CURRENCY else currency,
    }


def _is_chosen(key: str) -> bool:
    """Whether an address or the visitor has said something to a field, which may not be there."""
    return key in st.query_params or st.session_state.get(key) not in (None, (), [], *_ANY)


def more_in_words(wanted: CaseFilter) -> dict[str, str]:
    """The choices of *More filters* that narrow the list, in words."""
    age = next((label for label, ends in _AGES.items() if ends == (wanted.age_from, wanted.age_to)), "")
    decided = f"{wanted.decided_from or ''} to {wanted.decided_to or ''}".strip()
    said = {
        "Decided": decided if decided != "to" else "",
        "Age": age,
        "Source": CASE_ORIGINS.get(wanted.origin or "", ""),
        "Claimed amount": next((label for label, has in _CLAIMS.items() if has is wanted.has_claim), ""),
        "Approval": APPROVED if wanted.is_approved else "",
        "Currency": wanted.currency or "",
    }
    return {name: words for name, words in said.items() if words}


def about(wanted: CaseFilter) -> dict[str, str]:
    """A filter in words, for a file."""
    return {
        "Status": ", ".join(CASE_STATUSES[status].label for status in wanted.statuses) or "All",
        "Marketplace": place_label(place) if (place := wanted.channel or wanted.marketplace) else "All",
        "Category": "All" if wanted.category is None else category(wanted.category) if wanted.category else SEVERAL,
        "Opened": f"{wanted.opened_from or ''} to {wanted.opened_to or ''}".strip(),
        "FNSKU, SKU or order": wanted.goods,
        "Case id": wanted.case_id,
        **more_in_words(wanted),
    }


def status_choice(within: Sequence[str]) -> tuple[str, ...]:
    """Which of the view's statuses are chosen; all of them where none is."""
    options = [CASE_STATUSES[code].label for code in within]
    if "cases_status" in st.session_state:
        st.session_state["cases_status"] = [
            label for label in st.session_state["cases_status"] or [] if label in options
        ]
    picked = st.pills(
        "Status",
        options,
        selection_mode="multi",
        key="cases_status",
        bind="query-params",
        help=glossary.STATUSES,
        wrap=True,
    )
    codes = tuple(_LABELS[label] for label in picked if label in options)
    return codes or tuple(within)


def _marketplace(present: Sequence[str]) -> str | None:
    """The code of the chosen marketplace, or of a channel for all of its marketplaces."""
    channels = [each.value for each in Channel if any(MARKETPLACES[code].channel is each for code in present)]
    by_label = {place_label(code): code for code in (*channels, *present)}
    carried.forget_unless("cases_marketplace", [_ANYWHERE, *by_label])
    label = st.selectbox("Marketplace", [_ANYWHERE, *by_label], key="cases_marketplace", bind="query-params", width=175)
    return by_label.get(label or "")


def _category() -> str | None:
    by_label = {entry.label: code for code, entry in CATEGORIES.items()} | {SEVERAL: ""}
    label = st.selectbox("Category", [_ALL_CATEGORIES, *by_label], key="cases_category", bind="query-params", width=175)
    return by_label.get(label or "")


def dates_of(opened: object) -> tuple[date | None, date | None]:
    """Both ends of the range, none where there is none. One day alone is a range of its own: an address names each day
    once, and while a range is chosen its first day comes first.
    """
    days = [day for day in opened if isinstance(day, date)] if isinstance(opened, tuple) else []
    return (days[0], days[-1]) if days else (None, None)
