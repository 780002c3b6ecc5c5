"""Who is asking. With an `[auth]` section in the secrets that is Streamlit's sign-in; without one, only on the embedded
server, the visitor picks any user in it. Nothing of an account is read, or shown, before this is known.
"""

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from core import settings
from core.database import engine
from core.database.access import user_with_email
from core.errors import ConfigurationError
from core.queries import people
from core.queries.people import User
from core.ui import deep_link, remembered, troubles
from core.ui.words import count, plain
from core.vocabulary import ROLES

OPEN_HOUSE = (
    "No sign-in is configured: anyone who can open this page can pick any user. Only this machine can."
)
"""What stands above every page where the visitor picks a user."""


def visitor() -> int:
    """The id of the user who is asking. Ends the run with the gate where that is not known."""
    with troubles.told():
        if has_sign_in():
            return _signed_in()
        if not engine.is_embedded():
            raise ConfigurationError(
                "DATABASE_URL is set and no sign-in is configured, so nobody is let in. Configure [auth] in"
                " .streamlit/secrets.toml (any OpenID Connect provider), and the pages' own logins"
                " RECOUP_APP_DATABASE_URL and RECOUP_STAFF_DATABASE_URL."
            )
        return _picked()


def has_sign_in() -> bool:
    """Whether the secrets have an `[auth]` section."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def _signed_in() -> int:
    if settings.fixed_today() is not None:
        raise ConfigurationError("RECOUP_TODAY is for tests and demos; it is refused where sign-in is configured.")
    if not st.user.is_logged_in:
        _ask_to_sign_in()
    # Only a claim that is true counts: whoever can write any address into a profile must not become its owner.
    email = str(st.user.get("email") or "")
    if st.user.get("email_verified") is not True or not email:
        _turn_away("Your sign-in does not confirm your e-mail address, so it can not be used here.")
    user_id = user_with_email(email)
    if user_id is None:
        _turn_away("There is no access for this e-mail address yet.")
    deep_link.follow()
    with st.sidebar:
        st.caption(f"Signed in as {plain(email)}")
        st.button("Sign out", icon=":material/logout:", on_click=st.logout, key="sign_out")
    return user_id


def _ask_to_sign_in() -> None:
    deep_link.keep()
    with _card("Sign in to Recoup"):
        st.markdown("See what Amazon and Walmart owe you, what expires next, and how every case stands.")
        st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login, key="sign_in")
    st.stop()


def _turn_away(reason: str) -> None:
    support = settings.support_address()
    with _card("No access"):
        st.markdown(f"{reason} Ask {plain(support) if support else 'your account manager'} to add you.")
        st.button("Use another sign-in", icon=":material/logout:", on_click=st.logout, key="sign_out")
    st.stop()


def _picked() -> int:
    with engine.owner_engine().connect() as connection:
        users = people.users(connection)
    chosen = remembered.value("user", [_named(user) for user in users])
    if chosen is None:
        _let_pick(users)
    with st.sidebar:
        user = _picker(users, "Viewing as")
    st.caption(f":material/lock_open: {OPEN_HOUSE}")
    return user.user_id
