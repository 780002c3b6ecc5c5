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
from core.ui.components.choices import category_labels, place_labels
from core.ui.outcomes.numbers import APPROVED_LABEL, BUCKETS, SEVERAL_LABEL, category_or_several
from core.ui.shell import coded
from core.ui.shell.links import APPROVED, SEVERAL, place_label
from core.ui.text import glossary
from core.vocabulary import CASE_ORIGINS, CASE_STATUSES, Channel

_VIEWS = {"overall": "Overall Cases", "reimbursed": "Reimbursed Cases"}
_FIRST, _LAST = (None, *(age + 1 for age in AGES)), (*AGES, None)
_ENDS: dict[str, tuple[int | None, int | None]] = {
    code: (first, last) for code, first, last in zip(BUCKETS, _FIRST, _LAST, strict=True)
}
"""The first and the last day of each age."""

_CLAIMS = {"stated": "Says how much it claims", "not_stated": "Does not say"}
_MORE = ("cases_decided", "cases_age", "cases_source", "cases_claim", "cases_approval", "cases_currency")


def view_choice() -> tuple[str, ...]:
    """The two views: returns the codes of the statuses that the chosen one holds."""
    chosen = coded.segments(
        "View",
        _VIEWS,
        key="cases_view",
        label_visibility="collapsed",
        help="Overall: active and completed. Reimbursed: partially or fully.",
    )
    return tuple(code for code, status in CASE_STATUSES.items() if chosen == "overall" or status.is_reimbursed)


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
        place = components.one_of(
            "Marketplace", place_labels(marketplaces), key="cases_marketplace", width=175, any_of="All marketplaces"
        )
        kinds = category_labels() | {SEVERAL: SEVERAL_LABEL}
        kind = components.one_of("Category", kinds, key="cases_category", width=175, any_of="All categories")
        opened = st.date_input(
            "Opened between", value=[], key="cases_opened", bind="query-params", format="YYYY-MM-DD", width=235
        )
        more = _more(currencies)
    first, last = dates_of(opened)
    channel = place if place in set(Channel) else None
    category_code = "" if kind == SEVERAL else kind or None
    wanted = CaseFilter(
        (), None if channel else place or None, category_code, first, last, searched(goods), searched(case_id)
    )
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
        age = components.one_of("Age", BUCKETS, key="cases_age", any_of="Any age")
        source = components.one_of("Source", CASE_ORIGINS, key="cases_source", any_of="All sources")
        claim = components.one_of("Claimed amount", _CLAIMS, key="cases_claim", any_of="With or without")
        approvals = {APPROVED: APPROVED_LABEL}
        approval = components.one_of("Approval", approvals, key="cases_approval", any_of="Approved or not")
        labels = {each: each for each in currencies}
        currency = components.one_of("Currency", labels, key="cases_currency", any_of="All currencies")
    first, last = dates_of(decided)
    youngest, oldest = _ENDS.get(age, (None, None))
    return {
        "decided_from": first,
        "decided_to": last,
        "age_from": youngest,
        "age_to": oldest,
        "origin": source or None,
        "has_claim": claim == "stated" if claim else None,
        "is_approved": bool(approval),
        "currency": currency or None,
    }


def _is_chosen(key: str) -> bool:
    """Whether an address or the visitor has said something to a field, which may not be there."""
    return key in st.query_params or st.session_state.get(key) not in (None, (), [], "")


def more_in_words(wanted: CaseFilter) -> dict[str, str]:
    """The choices of *More filters* that narrow the list, in words."""
    age = next((BUCKETS[code] for code, ends in _ENDS.items() if ends == (wanted.age_from, wanted.age_to)), "")
    decided = f"{wanted.decided_from or ''} to {wanted.decided_to or ''}".strip()
    said = {
        "Decided": decided if decided != "to" else "",
        "Age": age,
        "Source": CASE_ORIGINS.get(wanted.origin or "", ""),
        "Claimed amount": "" if wanted.has_claim is None else _CLAIMS["stated" if wanted.has_claim else "not_stated"],
        "Approval": APPROVED_LABEL if wanted.is_approved else "",
        "Currency": wanted.currency or "",
    }
    return {name: words for name, words in said.items() if words}


def about(wanted: CaseFilter) -> dict[str, str]:
    """A filter in words, for a file."""
    return {
        "Status": ", ".join(CASE_STATUSES[status].label for status in wanted.statuses) or "All",
        "Marketplace": place_label(place) if (place := wanted.channel or wanted.marketplace) else "All",
        "Category": "All" if wanted.category is None else category_or_several(wanted.category),
        "Opened": f"{wanted.opened_from or ''} to {wanted.opened_to or ''}".strip(),
        "FNSKU, SKU or order": wanted.goods,
        "Case id": wanted.case_id,
        **more_in_words(wanted),
    }


def status_choice(within: Sequence[str]) -> tuple[str, ...]:
    """Which of the view's statuses are chosen; all of them where none is."""
    labels = {code: CASE_STATUSES[code].label for code in within}
    if "cases_status" in st.session_state:
        st.session_state["cases_status"] = [code for code in st.session_state["cases_status"] or [] if code in labels]
    picked = coded.pills("Status", labels, key="cases_status", help=glossary.STATUSES, wrap=True)
    return tuple(picked) or tuple(within)


def dates_of(opened: object) -> tuple[date | None, date | None]:
    """Both ends of the range, none where there is none. One day alone is a range of its own: an address names each day
    once, and while a range is chosen its first day comes first.
    """
    days = [day for day in opened if isinstance(day, date)] if isinstance(opened, tuple) else []
    return (days[0], days[-1]) if days else (None, None)
