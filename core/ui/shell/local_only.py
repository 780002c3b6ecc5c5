"""Without sign-in a visitor picks any user, so server and browser must be on this machine. The door has already refused
other callers (core/ui/door); this repeats the check with the session's own data.
"""

import streamlit as st
from streamlit import config

from core.errors import ConfigurationError
from core.ui.door import callers
from core.ui.shell import runs


def refuse_others() -> None:
    """Refuse a visitor who is not on this machine, or who uses a host name that is not local.

    Raises ConfigurationError.
    """
    if not runs.is_served():
        return  # a test, without a browser
    listening = config.get_option("server.address")
    if not callers.is_of_this_machine(listening):
        raise ConfigurationError(
            f"No sign-in is configured, and these pages listen at {listening or 'every address'}, so nobody is let in."
            " Configure [auth] in .streamlit/secrets.toml, or let them listen at 127.0.0.1."
        )
    host = callers.host_of({"host": st.context.headers.get("Host") or ""})
    client = st.context.ip_address  # None for this machine
    if not callers.is_of_this_machine(host) or not (client is None or callers.is_of_this_machine(client)):
        raise ConfigurationError("No sign-in is configured, so only visitors on this machine are let in.")
