"""The account manager's worklist: how much runs out where and when, and then what, over all accounts."""

from dataclasses import replace

import streamlit as st

from core.queries.expiring import MOST_ACCOUNTS
from core.queries.item_filter import ItemFilter
from core.text import searched
from core.ui import components
from core.ui.cache import answers, lists
from core.ui.components.deadlines import ANY, BUCKETS, SPANS, WITHIN
from core.ui.components.heat_map import ALL, TOTAL
from core.ui.items import rows
from core.ui.items.holdings import MAY_EXPIRE, RUNNING
from core.ui.shell import carried
from core.ui.shell.view import View
from core.ui.text.words import amount, count
from core.ui.text.words import category as category_label
from core.ui.text.words import marketplace as marketplace_label
from core.vocabulary import CATEGORIES, MARKETPLACES, STAGES

_HELD: dict[str, tuple[str, ...]] = {STAGES[code].label: (code,) for code in RUNNING} | {MAY_EXPIRE: RUNNING}
_EXPIRES = [each for each in WITHIN if each != ANY] + list(BUCKETS)
_ANYWHERE, _ALL_CATEGORIES = "All marketplaces", "All categories"
_SORTS = {"Soonest": "soonest", "Largest": "largest"}


def show(view: View) -> None:
    """Show the heat map and the list that its cells narrow."""
    currencies = answers.expiring_currencies(view.scope, view.as_of)
    if not currencies:
        components.nothing("Nothing expires.", "No claim window of these accounts is running towards its end.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        held = st.segmented_control(
            "What is at risk",
            list(_HELD),
            default=next(iter(_HELD)),
            required=True,
            key="expiring_holding",
            bind="query-params",
            wrap=True,
            help="Ready: can be claimed today. Future: may still be paid by itself, or its window opens later."
            " Review: a person must look first.",
        )
        currency = components.currency_choice(currencies, key="expiring_currency", label="Currency of the page")
    stages = _HELD.get(held or "", _HELD[next(iter(_HELD))])
    _heat(view, stages, currency)
    _list(view, stages, currency, held or "")


def _heat(view: View, stages: tuple[str, ...], currency: str) -> None:
    search = ""
    if len(view.accounts) > MOST_ACCOUNTS:
        written = st.text_input(
            "Find an account", key="expiring_accounts", bind="query-params", type="search", width=260
        )
        search = searched(written)
    heat = lists.heat(view.scope, view.as_of, currency, stages, search)
    if heat is None:
        components.nothing("Nothing of this kind expires within three months.")
        return
    st.header(f"{amount(heat.at_risk, currency)} expires within 3 months", anchor=False)
    components.heat_map(
        heat,
        key=f"expiring_heat {currency} {'-'.join(stages)} {search}",
        chosen=lambda account_id, bucket: _choose(view, account_id, bucket),
    )
    more = f" The {heat.shown} with most at risk of {count(heat.found, 'account')}." if heat.found > heat.shown else ""
    st.caption(f"Mark a cell, by click or with the arrow keys: the list below holds what is behind it.{more}")


def _choose(view: View, account_id: int | None, bucket: str) -> None:
    st.session_state["expiring_of"] = ALL if account_id is None else view.names.get(account_id, ALL)
    st.session_state["expiring_expires"] = "3 months" if bucket == TOTAL else bucket


def _list(view: View, stages: tuple[str, ...], currency: str, held: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        narrowed = _one_account(view)
        expires = components.one_of("Expires in", _EXPIRES, key="expiring_expires", width=150)
        place = _place(view)
        kinds = {entry.label: code for code, entry in CATEGORIES.items()}
        kind = kinds.get(components.one_of("Category", [_ALL_CATEGORIES, *kinds], key="expiring_category"))
        search = rows.search_field(key="expiring")
        sort = st.segmented_control(
            "First", list(_SORTS), default="Soonest", required=True, key="expiring_sort", bind="query-params", wrap=True
        )
    span = SPANS[expires]
    wanted = ItemFilter(None, stages, place, kind, span.within, search, currency, span.after)
    about = {
        "Holding": held,
        "Currency": currency,
        "Expires in": expires,
        "Marketplace": marketplace_label(place) if place else "All",
        "Category": category_label(kind) if kind else "All",
    }
    rows.show(
        view if search else narrowed,
        wanted,
        _SORTS.get(sort or "", "soonest"),
        f"{held}: {expires}",
        about,
        key="expiring",
        many=len(view.marketplaces) > 1,
    )


def _one_account(view: View) -> View:
    """The view, of one account where one was chosen."""
    if not view.has_many_accounts:
        return view
    by_name = {view.names[account.account_id]: account for account in view.accounts}
    carried.forget_unless("expiring_of", [ALL, *by_name])
    account = by_name.get(components.one_of("Account", [ALL, *by_name], key="expiring_of", width=200))
    if account is None:
        return view
    return replace(view, scope=replace(view.scope, account_ids=(account.account_id,)), accounts=(account,))


def _place(view: View) -> str | None:
    by_label = {marketplace_label(code): code for code in MARKETPLACES if code in view.marketplaces}
    carried.forget_unless("expiring_marketplace", [_ANYWHERE, *by_label])
    return by_label.get(components.one_of("Marketplace", [_ANYWHERE, *by_label], key="expiring_marketplace"))
