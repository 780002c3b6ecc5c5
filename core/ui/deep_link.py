"""The address that was asked for survives the way through sign-in, which ends at the front page.

It waits in the browser's own session storage: the server's session is another one afterwards, maybe on another server.
"""

import streamlit as st

_KEEP = """<script>
const address = window.location.pathname + window.location.search;
if (address !== "/") window.sessionStorage.setItem("recoup-address", address);
</script>"""

# Only the path and the query are kept, and only this origin is gone to, so that no address can lead elsewhere.
_FOLLOW = """<script>
const address = window.sessionStorage.getItem("recoup-address");
window.sessionStorage.removeItem("recoup-address");
if (address && window.location.pathname + window.location.search !== address) {
    window.location.replace(window.location.origin + "/" + address.replace(/^[\\/]+/, ""));
}
</script>"""


def keep() -> None:
    """Remember the address that was asked for, before the visitor leaves to sign in."""
    st.html(_KEEP, unsafe_allow_javascript=True)


def follow() -> None:
    """Go to the remembered address, once."""
    if st.session_state.setdefault("address followed", False):
        return
    st.session_state["address followed"] = True
    st.html(_FOLLOW, unsafe_allow_javascript=True)
