"""Filters of the Case Tracker. Their values are in the URL."""

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
from core.ui.components.periods import in_words
from core.ui.outcomes.numbers import APPROVED_LABEL, BUCKETS, SEVERAL_LABEL, category_or_several
from core.ui.shell import coded
from core.ui.shell.links import APPROVED, SEVERAL, place_label
from core.vocabulary import CASE_ORIGINS, CASE_STATUSES, Channel

_VIEWS = {"overall": "Overall", "reimbursed": "Reimbursed"}
_FIRST, _LAST = (None, *(age + 1 for age in AGES)), (*AGES, None)
_ENDS: dict[str, tuple[int | None, int | None]] = {
    code: (first, last) for code, first, last in zip(BUCKETS, _FIRST, _LAST, strict=True)
}
"""Lower and upper bound of each age bucket in days, both inclusive; None: no bound."""

_DECIDED = "On the day of the decision, else on that of the end. Open cases are left out."
_FILED = {"stated": "Filed amount stated", "not_stated": "Filed amount not stated"}
_MORE = ("cases_opened", "cases_age", "cases_source", "cases_claim", "cases_approval", "cases_currency")


def view_choice() -> tuple[str, ...]:
    """Show the view switch; returns the status codes of the selected view."""
    chosen = coded.segments(
        "View",
        _VIEWS,
        key="cases_view",
        label_visibility="collapsed",
        help="Overall: active and completed. Reimbursed: partially or fully.",
    )
    return tuple(code for code, status in CASE_STATUSES.items() if chosen == "overall" or status.is_reimbursed)


def fields(marketplaces: Sequence[str], currencies: Sequence[str], as_of: date | None) -> CaseFilter:
    """Show the fields in the caller's row; returns the filter, without statuses."""
    case_id = st.text_input(
        "Case id",
        key="cases_id",
        bind="query-params",
        type="search",
        placeholder="Case id",
        help="A search by case id ignores every other filter.",
        width=165,
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
    decided = components.period_choice("Decided", key="cases_decided", as_of=as_of, told=_DECIDED)
    more = _more(currencies, as_of)
    channel = place if place in set(Channel) else None
    category_code = "" if kind == SEVERAL else kind or None
    wanted = CaseFilter(
        (),
        None if channel else place or None,
        category_code,
        goods=searched(goods),
        case_id=searched(case_id),
        decided_from=decided[0],
        decided_to=decided[1],
        channel=channel,
    )
    return replace(wanted, **more)


def _more(currencies: Sequence[str], as_of: date | None) -> dict[str, Any]:
    """Show the less common filters in a popover; returns the fields of the filter that they set. The widgets are only
    created while the popover is open or one of them is set, since most runs don't need them.
    """
    shown = st.popover("More filters", icon=":material/tune:", key="cases_more", on_change="rerun")
    if not shown.open and not any(map(_is_chosen, _MORE)):
        return {}
    with shown:
        first, last = components.period_choice("Opened", key="cases_opened", as_of=as_of)
        age = components.one_of("Age", BUCKETS, key="cases_age", any_of="Any age")
        source = components.one_of("Source", CASE_ORIGINS, key="cases_source", any_of="All sources")
        claim = components.one_of("Filed amount", _FILED, key="cases_claim", any_of="With or without")
        approvals = {APPROVED: APPROVED_LABEL}
        approval = components.one_of("Approval", approvals, key="cases_approval", any_of="Approved or not")
        labels = {each: each for each in currencies}
        currency = components.one_of("Currency", labels, key="cases_currency", any_of="All currencies")
    youngest, oldest = _ENDS.get(age, (None, None))
    return {
        "opened_from": first,
        "opened_to": last,
        "age_from": youngest,
        "age_to": oldest,
        "origin": source or None,
        "has_claim": claim == "stated" if claim else None,
        "is_approved": bool(approval),
        "currency": currency or None,
    }


def _is_chosen(key: str) -> bool:
    """Whether a field has a value in the URL or the session, even if its widget doesn't exist."""
    return any(
        each in st.query_params or st.session_state.get(each) not in (None, (), [], "") for each in (key, f"{key}_in")
    )


def more_in_words(wanted: CaseFilter) -> dict[str, str]:
    """The active filters of *More filters* as labels by field name."""
    age = next((BUCKETS[code] for code, ends in _ENDS.items() if ends == (wanted.age_from, wanted.age_to)), "")
    said = {
        "Opened": in_words((wanted.opened_from, wanted.opened_to)),
        "Age": age,
        "Source": CASE_ORIGINS.get(wanted.origin or "", ""),
        "Filed amount": "" if wanted.has_claim is None else _FILED["stated" if wanted.has_claim else "not_stated"],
        "Approval": APPROVED_LABEL if wanted.is_approved else "",
        "Currency": wanted.currency or "",
    }
    return {name: words for name, words in said.items() if words}


def about(wanted: CaseFilter) -> dict[str, str]:
    """The filter as labels by field name, for a downloaded file."""
    return {
        "Status": ", ".join(CASE_STATUSES[status].label for status in wanted.statuses) or "All",
        "Marketplace": place_label(place) if (place := wanted.channel or wanted.marketplace) else "All",
        "Category": "All" if wanted.category is None else category_or_several(wanted.category),
        "Decided": in_words((wanted.decided_from, wanted.decided_to)),
        "FNSKU, SKU or order": wanted.goods,
        "Case id": wanted.case_id,
        **more_in_words(wanted),
    }
