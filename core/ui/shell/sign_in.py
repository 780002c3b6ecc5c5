"""Sign-in settings in the secrets: whether it is configured, the pages' address, and the cookie secret's strength."""

from urllib.parse import urlsplit

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError

from core.errors import ConfigurationError

SHORTEST, FEWEST = 32, 10
"""Minimum characters of a cookie secret, and minimum distinct ones: guessing it means signing in as anyone."""


def is_configured() -> bool:
    """Whether the secrets have an `[auth]` section."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def address() -> str:
    """The pages' address that the identity provider redirects to: `redirect_uri` without its path."""
    parts = urlsplit(str(st.secrets["auth"].get("redirect_uri", "")))
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""


def refuse_weak_secret() -> None:
    """Refuse a cookie secret so weak that a sign-in could be forged. Streamlit generates a missing one at random.

    Raises ConfigurationError.
    """
    secret = str(st.secrets["auth"].get("cookie_secret", config.get_option("server.cookieSecret")) or "")
    if len(secret) < SHORTEST or len(set(secret)) < FEWEST:
        raise ConfigurationError(
            f"cookie_secret is too weak, so nobody is let in: a sign-in could be forged. It needs {SHORTEST}"
            f" characters, {FEWEST} different ones among them. Make one: openssl rand -base64 48"
        )
