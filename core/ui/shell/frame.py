"""The frame of every page: gate, account picker, date, title. Each page calls it first."""

import gc
import runpy
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import streamlit as st

from core import imports, settings
from core.database.access.visitor import reading
from core.queries import people
from core.queries.people import Account, Freshness
from core.text import visible
from core.ui.cache import answers
from core.ui.data_sync import tables
from core.ui.shell import carried, coded, deep_link, errors, gate, header, internals, looks, navigation, refresh
from core.ui.shell.view import Scope, View
from core.ui.text import locale
from core.ui.text.words import count, day, plain, support
from core.vocabulary import MARKETPLACES, Channel

ALL_ACCOUNTS = "All accounts"
_FEW = 100
"""Above this number of accounts the next sync is not shown: there is no single one, and the query takes seconds."""

_MARK = str(Path(__file__).with_name("recoup.svg"))

# The pages' modules live as long as the process, so later garbage collections can skip them.
gc.collect()
gc.freeze()


def page(title: str, *, over: str = "", channel: Channel | None = None, needs_reports: bool = True) -> View:
    """Show the frame of the page and return the page's view.

    `over` names the page's subject besides its accounts (`Amazon`). For a `channel`, the header shows its last sync and
    the next expected one. Stops the run if the visitor is unknown, has no account or no access to the page, or if the
    database is down; and, if the page `needs_reports`, if nothing has been synced yet.
    """
    _enter_through_the_contents()
    form = locale.take_form()
    carried.take_what_is_visible()
    carried.bring(title)
    st.logo(_MARK, size="large")
    deep_link.one_entry_a_page()
    looks.apply()
    user_id = gate.visitor()
    with errors.told(), reading(user_id, newest=True) as (connection, viewer):
        _refuse_unless_of(viewer.role, title)
        accounts = people.accounts(connection)
        chosen = _pick_accounts(title, accounts)
        chosen_ids = tuple(account.account_id for account in chosen)
        freshness = people.freshness(connection, chosen_ids)
    picked = _pick_date(chosen)
    carried.keep(*() if navigation.PAGES[title].is_listed else ("account",))
    version = f"{freshness.state} {imports.last_ended_at()} {sorted(set(_todays(chosen).values()))}"
    there_are = len(accounts) if viewer.sees_every_account else 0
    scope = Scope(viewer.user_id, viewer.role, chosen_ids, version, there_are, form.name)
    names = {account.account_id: name for name, account in _by_name(accounts).items()}
    codes = {account.account_id: account.code for account in accounts}
    as_of, of_channel = picked or settings.fixed_today(), None
    if channel and len(chosen) <= _FEW:
        of_channel = answers.channel_freshness(scope, as_of, channel.value)
    is_all = len(chosen) > 1 and len(chosen) == len(accounts)
    heading = header.show(scope, title, over, chosen, freshness, picked, of_channel, is_all=is_all)
    view = View(scope, as_of, chosen, names, codes, heading)
    refresh.notice(user_id, chosen_ids, freshness.state)
    if needs_reports:
        _stop_where_there_is_nothing(view, freshness)
    return view


def _enter_through_the_contents() -> None:
    """Run app.py if Streamlit skipped it: on a fresh server a deep link runs only the page's file.

    Streamlit treats `pages/` as its older kind of multipage app until `st.navigation` has run once in the process.
    """
    if internals.needs_the_contents():
        runpy.run_path(str(settings.PROJECT / "app.py"))
        st.stop()


def _refuse_unless_of(role: str, title: str) -> None:
    """Stop the run if the role has no access to the page, with the same message as for an unknown page."""
    if st.session_state.get("role") != role:
        st.session_state["role"] = role
        st.rerun()  # the navigation was built before the visitor was known
    if not navigation.has_page(role, title):
        errors.not_found("Page not found, or you don't have access.", "Overview", "Back to Overview")


def _pick_accounts(title: str, accounts: Sequence[Account]) -> tuple[Account, ...]:
    """The chosen accounts. Any value from the URL or the browser is looked up among the viewer's accounts."""
    if not accounts:
        st.info(f"No account is assigned to you yet. Ask {support()} to assign one.", icon=":material/no_accounts:")
        st.stop()
    by_code = {account.code: account for account in accounts}
    labels = dict(zip(by_code, _by_name(accounts), strict=True))
    options = labels if len(accounts) == 1 else {"": ALL_ACCOUNTS} | labels
    carried.forget_unless("account", options)
    named = st.query_params.get("account")
    is_foreign = named is not None and coded.code_of(named, options) not in options
    if len(accounts) == 1:
        st.query_params.pop("account", None)
        chosen = tuple(accounts)
    else:
        with st.sidebar:
            code = coded.select("Account", options, key="account", filter_mode="contains")
        chosen = (by_code[code],) if code in by_code else tuple(accounts)
    if is_foreign:
        _stop_at_a_foreign_account(title, len(accounts))
    return chosen


def _stop_at_a_foreign_account(title: str, own: int) -> NoReturn:
    """Stop if the URL names an account that the viewer lacks: other figures would look like that account's."""
    st.title(title, anchor=False)
    st.info("Account not found, or you don't have access.", icon=":material/person_off:")
    st.page_link(
        "pages/overview.py", label="Open your account" if own == 1 else "Open all your accounts", icon=":material/home:"
    )
    st.stop()


def _by_name(accounts: Sequence[Account]) -> dict[str, Account]:
    """The accounts by unique name; where two share a name, the code is added."""
    shown = [visible(account.name) for account in accounts]
    names = Counter([ALL_ACCOUNTS, *shown])
    return {
        name if names[name] == 1 else f"{name} ({account.code})": account
        for name, account in zip(shown, accounts, strict=True)
    }


def _pick_date(chosen: Sequence[Account]) -> date | None:
    """Show the date picker and return the picked date; None means each marketplace's own today."""
    fixed = settings.fixed_today()
    todays = _todays(chosen)
    each = "\n".join(f"- {plain(MARKETPLACES[code].label)}: {day(today)}" for code, today in todays.items())
    picked = None
    with st.sidebar:
        told = st.empty()
        shown = st.popover(
            "Change date", icon=":material/event:", type="tertiary", key="as_of_choice", on_change="rerun"
        )
        # most visitors never pick a date, and the field is the heaviest element on a page
        if shown.open or st.session_state.get("as_of") or "as_of" in st.query_params:
            with shown:
                picked = st.date_input(
                    "Deadlines as of",
                    value=None,
                    key="as_of",
                    bind="query-params",
                    format="YYYY-MM-DD",
                    help="Empty is today. A date moves the clock only: what is ready, and what is lost, by then.",
                )
    today = min(todays.values(), default=None)
    if picked:
        told.caption(f"Deadlines as of **{day(picked)}**")
    elif today:
        words = f"**{day(today)}**, fixed by RECOUP\\_TODAY" if fixed else f"**today, {day(today)}**"
        told.caption(f"Deadlines as of {words}", help=f"Today is each marketplace's own:\n\n{each}")
    return picked


def _todays(chosen: Sequence[Account]) -> dict[str, date]:
    """Today's date in each marketplace of the accounts, in registry order."""
    present = {code for account in chosen for code in account.marketplaces}
    fixed = settings.fixed_today()
    return {
        code: fixed or datetime.now(ZoneInfo(marketplace.time_zone)).date()
        for code, marketplace in MARKETPLACES.items()
        if code in present
    }


def _stop_where_there_is_nothing(view: View, freshness: Freshness) -> None:
    if freshness.synced:
        return
    with st.container(border=True):
        st.header("No reports yet", icon=":material/inbox:")
        whose = plain(view.accounts[0].name) if len(view.accounts) == 1 else count(len(view.accounts), "account")
        st.markdown(
            f"Nothing has been synced for {whose}, so there is nothing to show. As soon as a report is taken in, this"
            " page has something to say."
        )
        st.page_link("pages/data_sync.py", label="Import report files", icon=":material/upload_file:")
        st.markdown(
            f"Or ask {support()} to have them synced. Whoever runs Recoup takes report files in with the command below."
        )
        st.code(f"python -m loaders sync FOLDER --account {view.accounts[0].code}", language="bash", wrap_lines=True)
        if needed := tables.missing_in_words(view):
            st.markdown(f"What the connected marketplaces need:\n{needed}")
    st.stop()
