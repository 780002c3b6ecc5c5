"""The account manager's worklist: how much runs out where and when, and then what, over all accounts."""

from dataclasses import replace

import streamlit as st

from core.queries.expiring import MOST_ACCOUNTS
from core.queries.item_filter import ItemFilter
from core.text import searched
from core.ui import components
from core.ui.cache import answers, lists
from core.ui.components.choices import category_labels
from core.ui.components.deadlines import ANY, BUCKETS, SPANS, WITHIN, labels_of
from core.ui.components.heat_map import ALL
from core.ui.items import rows
from core.ui.items.holdings import HOLDINGS, LABELS, MAY_EXPIRE, RUNNING
from core.ui.shell import coded
from core.ui.shell.view import View
from core.ui.text.words import amount, count
from core.ui.text.words import category as category_label
from core.ui.text.words import marketplace as marketplace_label
from core.vocabulary import MARKETPLACES

_HELD = {code: LABELS[code] for code in (*RUNNING, MAY_EXPIRE)}
_EXPIRES = labels_of(*(each for each in WITHIN if each != ANY), *BUCKETS)
_SORTS = {"soonest": "Soonest", "largest": "Largest"}


def show(view: View) -> None:
    """Show the heat map and the list that its cells narrow."""
    currencies = answers.expiring_currencies(view.scope, view.as_of)
    if not currencies:
        components.nothing("Nothing expires.", "No claim window of these accounts is running towards its end.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        held = coded.segments(
            "What is at risk",
            _HELD,
            key="expiring_holding",
            wrap=True,
            help="Ready: can be claimed today. Future: may still be paid by itself, or its window opens later."
            " Review: a person must look first.",
        )
        currency = components.currency_choice(currencies, key="expiring_currency", label="Currency of the page")
    _heat(view, HOLDINGS[held], currency)
    _list(view, held, currency)


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
    st.session_state["expiring_of"] = "" if account_id is None else view.codes.get(account_id, "")
    st.session_state["expiring_expires"] = bucket


def _list(view: View, held: str, currency: str) -> None:
    places = {code: marketplace_label(code) for code in MARKETPLACES if code in view.marketplaces}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        narrowed = _one_account(view)
        expires = components.one_of("Expires in", _EXPIRES, key="expiring_expires", width=150)
        place = components.one_of("Marketplace", places, key="expiring_marketplace", any_of="All marketplaces")
        kind = components.one_of("Category", category_labels(), key="expiring_category", any_of="All categories")
        search = rows.search_field(key="expiring")
        order = coded.segments("First", _SORTS, key="expiring_sort", wrap=True)
    span = SPANS[expires]
    wanted = ItemFilter(None, HOLDINGS[held], place or None, kind or None, span.within, search, currency, span.after)
    about = {
        "Holding": _HELD[held],
        "Currency": currency,
        "Expires in": span.label,
        "Marketplace": marketplace_label(place) if place else "All",
        "Category": category_label(kind) if kind else "All",
    }
    rows.show(
        view if search else narrowed,
        wanted,
        order,
        f"{_HELD[held]}: {span.label}",
        about,
        key="expiring",
        many=len(view.marketplaces) > 1,
    )


def _one_account(view: View) -> View:
    """The view, of one account where one was chosen."""
    if not view.has_many_accounts:
        return view
    by_code = {view.codes[account.account_id]: account for account in view.accounts}
    labels = {code: view.names[account.account_id] for code, account in by_code.items()}
    account = by_code.get(components.one_of("Account", labels, key="expiring_of", width=200, any_of=ALL))
    if account is None:
        return view
    return replace(view, scope=replace(view.scope, account_ids=(account.account_id,)), accounts=(account,))
