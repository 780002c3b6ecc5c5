"""A page's title, saved views and shareable URL, and the line below: accounts, freshness, as-of date."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.queries.data_sync import ChannelFreshness
from core.queries.people import Account, Freshness
from core.ui.shell import saved_views
from core.ui.shell.view import Scope
from core.ui.text.words import count, day, number, plain

_NAMED = 3


def show(
    scope: Scope,
    title: str,
    over: str,
    chosen: Sequence[Account],
    freshness: Freshness,
    as_of: date | None,
    of_channel: ChannelFreshness | None = None,
    *,
    is_all: bool,
) -> DeltaGenerator:
    """Show the title and its line; return the title's placeholder, for pages that set their own title. `over` names the
    page's subject, `is_all` says that all of several accounts are chosen; `of_channel` replaces `freshness` on a page
    of one channel.
    """
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        place = st.empty()
        place.title(title, anchor=False)
        saved_views.place(scope, title)
        with st.popover("Share", icon=":material/link:", type="tertiary"):
            st.caption("This address opens this page with the same choices, for whoever may see the account.")
            st.code(_address(), language=None, wrap_lines=True)
    whose = _whose(chosen, is_all=is_all)
    synced = _of_channel(of_channel, chosen) if of_channel else _synced(chosen, freshness)
    parts = [f"**{whose}**" + (f" · {plain(over)}" if over else ""), synced]
    if as_of is not None:
        parts.append(f"deadlines as of **{day(as_of)}**")
    st.caption(" · ".join(parts))
    _tell_what_waits(freshness, len(chosen))
    return place


def _tell_what_waits(freshness: Freshness, accounts: int) -> None:
    """Say that figures do not include the latest files or rules yet, while detection catches up in the background."""
    for waiting, what in (
        (freshness.not_detected, "What was taken in last is not detected yet, so figures are still those before it"),
        (freshness.judged_before, "The figures were judged by earlier rules, and are being judged anew"),
    ):
        if waiting:
            whose = f" ({count(waiting, 'account')} of {number(accounts)})" if accounts > 1 else ""
            st.info(f"{what}{whose}. This page shows the new ones by itself.", icon=":material/pending:")


def _address() -> str:
    """The page's URL with its choices, but without a picked user: the recipient is another user."""
    choices = {key: st.query_params.get_all(key) for key in st.query_params if key != "user"}
    query = urlencode(choices, doseq=True)
    return (st.context.url or "") + (f"?{query}" if query else "")


def _whose(chosen: Sequence[Account], *, is_all: bool) -> str:
    if is_all:
        return count(len(chosen), "account")
    names = ", ".join(plain(account.name) for account in chosen[:_NAMED])
    return names if len(chosen) <= _NAMED else f"{names} and {len(chosen) - _NAMED} more"


def _synced(chosen: Sequence[Account], freshness: Freshness) -> str:
    """The freshness in words; of several accounts, the oldest sync."""
    if freshness.synced_at is None:
        return "not synced yet"
    words = f"{_of_several(chosen)} {_moment(freshness.synced_at)}"
    if freshness.data_through:
        words += f" · data through {day(freshness.data_through)}"
    missing = len(chosen) - freshness.synced
    return words + (f" · {count(missing, 'account')} never synced" if missing else "")


def _of_channel(fresh: ChannelFreshness, chosen: Sequence[Account]) -> str:
    """The channel's last sync and the next expected one, in words."""
    if fresh.synced_at is None:
        return "not synced yet"
    words = f"{_of_several(chosen)} {_moment(fresh.synced_at)}"
    if fresh.data_through:
        words += f" · data through {day(fresh.data_through)}"
    return words + (f" · next sync {day(fresh.next_expected_on)}" if fresh.next_expected_on else " · no sync scheduled")


def _of_several(chosen: Sequence[Account]) -> str:
    return "oldest sync" if len(chosen) > 1 else "last synced"


def _moment(instant: datetime) -> str:
    """The instant in the browser's time zone, with its name: `22 Nov 2026, 06:10 PST`; in UTC if it is unknown."""
    try:
        zone: tzinfo = ZoneInfo(st.context.timezone or "")
    except (ValueError, ZoneInfoNotFoundError):
        zone = UTC
    local = instant.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M %Z}"
