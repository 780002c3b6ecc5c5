"""The account manager's worklist: money at risk by account and deadline, and its items, across all accounts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from core.queries.expiring import MOST_ACCOUNTS
from core.queries.item_filter import ItemFilter
from core.text import searched
from core.ui import components
from core.ui.cache import answers, lists
from core.ui.components.choices import category_labels
from core.ui.components.deadlines import ANY, BUCKETS, SPANS, WITHIN, labels_of
from core.ui.components.heat_map import ALL, Whose
from core.ui.items import rows
from core.ui.items.holdings import HOLDINGS, LABELS, MAY_EXPIRE, RUNNING
from core.ui.shell import coded
from core.ui.shell.looks import FIELDS
from core.ui.shell.view import View
from core.ui.text.words import category as category_label
from core.ui.text.words import count, currencies_in_order, number, plain
from core.ui.text.words import marketplace as marketplace_label
from core.vocabulary import MARKETPLACES

_HELD = {code: LABELS[code] for code in (*RUNNING, MAY_EXPIRE)}
_EXPIRES = labels_of(*(each for each in WITHIN if each != ANY), *BUCKETS)
_SORTS = {"soonest": "Deadline", "largest": "Amount"}
_EVERY_CURRENCY = "All currencies"


def show(view: View) -> None:
    """Show the heat map and the list that its cells filter."""
    currencies = currencies_in_order(answers.expiring_currencies(view.scope, view.as_of))
    if not currencies:
        components.nothing("Nothing expires.", "No claim window of these accounts is running towards its end.")
        return
    row: Any = {"horizontal": True, "vertical_alignment": "bottom", "horizontal_alignment": "distribute"}
    with st.container(**row, key=FIELDS):
        held = coded.segments(
            "Status",
            _HELD,
            key="expiring_holding",
            wrap=True,
            help="Ready: can be claimed today. Future: may still be paid by itself, or its window opens later."
            " Review: a person must look first.",
        )
        currency = ""
        if len(currencies) > 1:
            options = {"": "All"} | {each: each for each in currencies}
            currency = coded.segments("Currency", options, key="expiring_currency", wrap=True)
        export = st.container(width="content")
    shown = (currency,) if currency else tuple(currencies)
    _heat(view, held, shown)
    _list(view, held, shown, export)


def _heat(view: View, held: str, currencies: tuple[str, ...]) -> None:
    search, stages = "", HOLDINGS[held]
    st.header(f"{_HELD[held]} by account and deadline", anchor=False)
    if len(view.accounts) > MOST_ACCOUNTS:
        written = st.text_input(
            "Find an account", key="expiring_accounts", bind="query-params", type="search", width=260
        )
        search = searched(written)
    of = f"{'-'.join(currencies)} {held} {search}"
    page = int(st.session_state.get(f"expiring_page {of}", 1))
    heat = lists.heat(view.scope, view.as_of, currencies, stages, search, page)
    if heat is None:
        components.nothing("Nothing of this kind expires within three months.")
        return
    components.heat_map(
        heat,
        key=f"expiring_heat {of} {page}",
        chosen=lambda whose, bucket: _choose(view, whose, bucket, has_many=len(currencies) > 1),
    )
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        accounts = count(heat.found, "account") + (" and currencies" if len(currencies) > 1 else "")
        first = (page - 1) * MOST_ACCOUNTS + 1
        last = min(page * MOST_ACCOUNTS, heat.found)
        more = f" {number(first)}–{number(last)} of {accounts}, most at risk first." if heat.pages > 1 else ""
        st.caption(f"Select a cell to see its items.{more}")
        if heat.pages > 1:
            st.pagination(heat.pages, key=f"expiring_page {of}")


def _choose(view: View, whose: Whose, bucket: str, *, has_many: bool) -> None:
    st.session_state["expiring_of"] = "" if whose.account_id is None else view.codes.get(whose.account_id, "")
    st.session_state["expiring_expires"] = bucket
    if has_many:
        st.session_state["expiring_money"] = whose.currency


def _list(view: View, held: str, currencies: Sequence[str], export: Any) -> None:
    places = {code: marketplace_label(code) for code in MARKETPLACES if code in view.marketplaces}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        narrowed = _one_account(view)
        expires = components.one_of("Expires in", _EXPIRES, key="expiring_expires", width=140)
        currency = currencies[0]
        if len(currencies) > 1:
            options = {each: each for each in currencies}
            currency = components.one_of(
                "Currency of the list", options, key="expiring_money", width=160, any_of=_EVERY_CURRENCY
            )
        place = components.one_of("Marketplace", places, key="expiring_marketplace", any_of="All marketplaces")
        kind = components.one_of("Category", category_labels(), key="expiring_category", any_of="All categories")
        search = rows.search_field(key="expiring")
        order = coded.segments("Sort by", _SORTS, key="expiring_sort", wrap=True)
    span = SPANS[expires]
    wanted = ItemFilter(
        None, HOLDINGS[held], place or None, kind or None, span.within, search, currency or None, span.after
    )
    whose = narrowed.names[narrowed.accounts[0].account_id] if len(narrowed.accounts) == 1 else ALL
    about = {
        "Status": _HELD[held],
        "Currency": currency or _EVERY_CURRENCY,
        "Expires in": span.label,
        "Marketplace": marketplace_label(place) if place else "All",
        "Category": category_label(kind) if kind else "All",
    }
    narrowings = (category_label(kind) if kind else "", marketplace_label(place) if place else "")
    rows.show(
        view if search else narrowed,
        wanted,
        order,
        rows.title_of(_HELD[held], span.when, *narrowings, plain(whose)),
        about,
        key="expiring",
        many=len(view.marketplaces) > 1,
        file_in=export,
    )


def _one_account(view: View) -> View:
    """Show the account field; returns the view, limited to the selected account if there is one."""
    if not view.has_many_accounts:
        return view
    by_code = {view.codes[account.account_id]: account for account in view.accounts}
    labels = {code: view.names[account.account_id] for code, account in by_code.items()}
    account = by_code.get(components.one_of("Account", labels, key="expiring_of", width=200, any_of=ALL))
    if account is None:
        return view
    return replace(view, scope=replace(view.scope, account_ids=(account.account_id,)), accounts=(account,))
