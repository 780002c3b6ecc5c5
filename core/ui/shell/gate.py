"""Identifies the visitor: by Streamlit's sign-in if the secrets have an `[auth]` section. Without one, and only on the
embedded server, the visitor picks any user. No account is read or shown before the visitor is known.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NoReturn

import streamlit as st
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from core import settings
from core.database import engine
from core.database.access import sessions
from core.database.access.visitor import reading, user_with_email
from core.database.first_start import demo_progress, is_not_set_up, prepare
from core.errors import ConfigurationError, RecoupError
from core.queries import people
from core.queries.people import User
from core.ui.cache.shared import for_a_moment
from core.ui.shell import coded, deep_link, errors, local_only, refresh, session_check, sign_in
from core.ui.text.words import count, number, plain, support
from core.vocabulary import ROLES

OPEN_HOUSE = "Demo: no sign-in", "Anyone on this computer can view as any user."
"""The notice where visitors pick a user, and its explanation."""

_ENDED: dict[str, str] = {
    "expired": "You signed in some time ago. Sign in again to go on where you were.",
    "idle": "You have not used Recoup for a while. Sign in again to go on where you were.",
    "ended": "This session was signed out.",
    "unknown": "Sign in again to go on where you were.",
    "future": "Your sign-in is dated in the future. Sign in again; if that changes nothing, a clock is wrong.",
}
"""Messages by the state of a session that is not open."""

_BUTTONS = 8
_SECONDS_BETWEEN_LOOKS = 2
_WHO = "user_choice"
_ICONS = {"seller": "store", "account_manager": "support_agent", "staff": "shield_person"}


def visitor() -> int:
    """The visitor's user id. If it is unknown, shows the gate and stops the run."""
    with errors.told():
        if sign_in.is_configured():
            sign_in.refuse_weak_secret()
            return _signed_in()
        if not engine.is_embedded():
            raise ConfigurationError(
                "DATABASE_URL is set and no sign-in is configured, so nobody is let in. Configure [auth] in"
                " .streamlit/secrets.toml (any OpenID Connect provider), and the pages' own logins"
                " RECOUP_APP_DATABASE_URL and RECOUP_STAFF_DATABASE_URL."
            )
        local_only.refuse_others()
        return _picked()


def foreseen_role() -> str | None:
    """The role of a new session's visitor; None if it is unknown. Only the navigation uses it, since it is built before
    the page identifies the visitor; access never depends on it.
    """
    try:
        if not sign_in.is_configured():
            by_email = {user.email: user for user in _known()} if engine.is_embedded() else {}
            user = by_email.get(coded.code_of(st.query_params.get("user", ""), _labels(by_email)))
            return user.role if user else None
        email = _verified_email()
        user_id = user_with_email(email) if email else None
        if user_id is None:
            return None
        with reading(user_id, newest=True) as (_, viewer):
            return viewer.role
    except (RecoupError, SQLAlchemyError):
        return None  # the page's own gate shows the error


def _signed_in() -> int:
    if settings.fixed_today() is not None:
        raise ConfigurationError("RECOUP_TODAY is for tests and demos; it is refused where sign-in is configured.")
    if not st.user.get("is_logged_in"):
        _ask_to_sign_in()
    email = _verified_email()
    if not email:
        _turn_away("Your sign-in does not confirm your e-mail address, so it can not be used here.")
    user_id = user_with_email(email)
    if user_id is None:
        _turn_away("There is no access for this e-mail address yet.")
    session = _session(user_id)
    session_check.let_in(user_id, session)
    deep_link.follow()
    with st.sidebar:
        st.caption(f"Signed in as {plain(email)}")
        st.button(
            "Sign out", icon=":material/logout:", on_click=_sign_out, args=(session,), key="sign_out", type="tertiary"
        )
    return user_id


def _verified_email() -> str:
    """The visitor's e-mail address; empty unless the provider has verified it. `email_verified` must be True: a visitor
    who enters another person's address in a profile must not get that person's access.
    """
    return str(st.user.get("email") or "") if st.user.get("email_verified") is True else ""


def _session(user_id: int) -> str:
    """The key of the visitor's session, if it is open; otherwise shows the sign-in and stops the run."""
    at = _instant(st.user.get("iat"))
    if at is None:
        _turn_away("Your sign-in does not say when you signed in, so it can not be used here.")
    issuer, subject = st.user.get("iss"), st.user.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        _turn_away("Your sign-in does not say who you are to its provider, so it can not be used here.")
    key = sessions.key_of(issuer, subject, at)
    state = sessions.standing(user_id, key) if refresh.is_no_visit() else "unknown"
    if state == "unknown":
        state = sessions.attend(user_id, key, at, **sessions.limits())
    if state != "open":
        _ask_to_sign_in(_ENDED[state])
    return key


def _instant(seconds: object) -> datetime | None:
    """A provider's timestamp in seconds since 1970 as an instant; None if it is not valid."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _sign_out(session: str) -> None:
    sessions.end(session)
    st.logout()


def _ask_to_sign_in(why: str = "") -> NoReturn:
    deep_link.keep()
    with _card("Sign in to Recoup"):
        st.markdown(why or "See what Amazon and Walmart may owe you, what expires next, and where every case stands.")
        for provider in _providers():
            st.button(
                f"Sign in with {plain(provider)}" if provider else "Sign in",
                icon=":material/login:",
                on_click=st.login,
                args=(provider,) if provider else (),
                key=f"sign_in {provider}".strip(),
            )
    st.stop()


def _providers() -> tuple[str, ...]:
    """The names of the identity providers: the sections of `[auth]`, or one empty name if it has none."""
    named = tuple(name for name, value in st.secrets["auth"].items() if hasattr(value, "keys"))
    return named or ("",)


def _turn_away(reason: str) -> NoReturn:
    with _card("No access"):
        st.markdown(f"{reason} Ask {support()} to add you.")
        st.button("Use another sign-in", icon=":material/logout:", on_click=st.logout, key="sign_out")
    st.stop()


def _picked() -> int:
    by_email = {user.email: user for user in _users()}
    labels = _labels(by_email)
    asked_for = (coded.code_of(st.query_params.get("user", ""), labels), st.session_state.get("user"))
    email = next((each for each in asked_for if each in by_email), None)
    with st.sidebar:
        _ask_who(email, labels)
    if email is None:
        _let_pick(by_email)
    _pick(email)
    user_id = by_email[email].user_id
    session_check.let_in(user_id)
    return user_id


def _pick(email: str) -> None:
    st.session_state["user"] = email
    if st.query_params.get("user") != email:  # every assignment is sent to the browser
        st.query_params["user"] = email


def _ask_who(email: str | None, labels: Mapping[str, str]) -> None:
    """Show the current user, and the list of all users only while it is open: thousands of options are heavy."""
    if email is None:
        _list_users(labels)
        return
    told, meaning = OPEN_HOUSE
    st.caption(f":orange[:material/lock_open:] {told}", help=meaning)
    _show_demo_progress()
    st.caption(f"Viewing as {plain(labels[email])}")
    shown = st.popover("Switch user", icon=":material/person:", type="tertiary", key=_WHO, on_change="rerun")
    if shown.open:
        with shown:
            _list_users(labels)


def _show_demo_progress() -> None:
    """Show how much of the demo is loaded, and rerun the page as more arrives."""
    progress = demo_progress()
    if progress is not None:
        _follow_demo(progress)


@st.fragment(run_every=_SECONDS_BETWEEN_LOOKS)
def _follow_demo(shown: tuple[int, int]) -> None:
    done, all_of_them = shown
    st.caption(f":material/hourglass_top: Loading the demo: {done} of {count(all_of_them, 'seller')}.")
    if demo_progress() != shown:
        st.rerun()


def _list_users(labels: Mapping[str, str]) -> None:
    st.selectbox(
        "Viewing as",
        list(labels),
        index=None,
        format_func=lambda email: labels.get(email, email),
        key="user_listed",
        placeholder="Pick a user",
        filter_mode="contains",
        on_change=_take_listed,
    )


def _take_listed() -> None:
    email = st.session_state["user_listed"]
    if email is not None:
        _pick(email)
        st.session_state[_WHO] = False


@for_a_moment
def _known() -> tuple[User, ...]:
    with engine.owner_engine().connect() as connection:
        return people.users(connection)


def _users() -> tuple[User, ...]:
    try:
        return _known()
    except ProgrammingError as error:
        if not is_not_set_up(error):
            raise
    # `streamlit run app.py` on a fresh checkout: do the setup that `make run` does before it opens the page
    with st.spinner("Setting up the database and loading the demo, once. This takes half a minute."):
        prepare()
    return _known()


def _let_pick(by_email: Mapping[str, User]) -> NoReturn:
    with _card("Who is looking?"):
        st.caption(f":orange[:material/lock_open:] {'. '.join(OPEN_HOUSE)}")
        _show_demo_progress()
        if not by_email:
            st.markdown("There are no users yet. Add one: `python -m core user add EMAIL --role staff`")
        for email, user in list(by_email.items())[:_BUTTONS]:
            st.button(
                f"{plain(user.email)} · {_reach(user)}",
                icon=f":material/{_ICONS[user.role]}:",
                key=f"pick {user.user_id}",
                on_click=_pick,
                args=(email,),
                width="stretch",
            )
        if len(by_email) > _BUTTONS:
            st.caption(f"{number(len(by_email) - _BUTTONS)} more are in the list on the left.")
    st.stop()


def _labels(by_email: Mapping[str, User]) -> dict[str, str]:
    """The labels of the list of users by e-mail address, which is the code in the URL."""
    return {email: f"{email} ({ROLES[user.role].label})" for email, user in by_email.items()}


def _reach(user: User) -> str:
    role = ROLES[user.role]
    return f"{role.label}, " + ("every account" if role.sees_every_account else count(user.accounts, "account"))


@contextmanager
def _card(title: str) -> Iterator[None]:
    _, middle, _ = st.columns([1, 2, 1])
    with middle, st.container(border=True):
        st.title(title)
        yield
