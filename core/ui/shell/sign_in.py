"""What the secrets say of sign-in: whether there is any, at which address, and whether its cookies can be trusted."""

from urllib.parse import urlsplit

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError

from core.errors import ConfigurationError

SHORTEST, FEWEST = 32, 10
"""Characters of a cookie secret at least, and different ones among them: whoever guesses it is whoever it likes."""


def is_configured() -> bool:
    """Whether the secrets have an `[auth]` section."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def address() -> str:
    """The address of the pages as the provider of identities knows it: that of `redirect_uri`, without its path."""
    parts = urlsplit(str(st.secrets["auth"].get("redirect_uri", "")))
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""


def refuse_weak_secret() -> None:
    """Refuse a secret with which a sign-in could be forged. One that is not given is made at random by Streamlit.

    Raises ConfigurationError.
    """
    secret = str(st.secrets["auth"].get("cookie_secret", config.get_option("server.cookieSecret")) or "")
    if len(secret) < SHORTEST or len(set(secret)) < FEWEST:
        raise ConfigurationError(
            f"cookie_secret is too weak, so nobody is let in: a sign-in could be forged. It needs {SHORTEST}"
            f" characters, {FEWEST} different ones among them. Make one: openssl rand -base64 48"
        )
