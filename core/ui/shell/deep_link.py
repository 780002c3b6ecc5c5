"""Restores a deep link after sign-in, which always returns to the front page.

The URL is stored in the browser's session storage: after sign-in the server has a new session, maybe on another server.
"""

import streamlit as st

from core.ui.shell import internals

_KEEP = """<script>
const address = window.location.pathname + window.location.search;
if (address !== "/") window.sessionStorage.setItem("recoup-address", address);
</script>"""

# Only path and query are stored, and only this origin is opened, so that no URL can redirect to another site.
_FOLLOW = """<script>
const address = window.sessionStorage.getItem("recoup-address");
window.sessionStorage.removeItem("recoup-address");
if (address && window.location.pathname + window.location.search !== address) {
    window.location.replace(window.location.origin + "/" + address.replace(/^[\\/]+/, ""));
}
</script>"""

# Streamlit pushes several entries to the browser's history; each page should have one. A widget's new value comes as a
# full URL (`http://…`) and belongs to the page's current entry. Parameters set by a run come as a path: before the path
# of another page, Streamlit clears this page's parameters, then sets those of the other page. Neither may change the
# entry of the page that the visitor leaves, or the back button leads to a list without its filters, or to one account.
_ONE_ENTRY_A_PAGE = """<script>
if (!window.recoupHistory) {
    window.recoupHistory = true;
    const push = window.history.pushState.bind(window.history);
    const replace = window.history.replaceState.bind(window.history);
    const keys = (search) => [...new URLSearchParams(search).keys()];
    let held = null;
    let leaving = 0;
    const stays = () => {
        if (held && held.path === window.location.pathname) replace(...held.entry);
        held = null;
        leaving = 0;
    };
    window.history.pushState = (state, title, url) => {
        const target = new URL(url ?? window.location.href, window.location.href);
        if (target.pathname !== window.location.pathname) {
            window.clearTimeout(leaving);
            held = null;
            leaving = 0;
            push(state, title, url);
            return;
        }
        const ofWidget = /^https?:/.test(String(url));
        const loses = keys(window.location.search).some((key) => !target.searchParams.has(key));
        if (ofWidget || !(leaving || loses || !target.search)) {
            replace(state, title, url);
            return;
        }
        held = { path: target.pathname, entry: [state, title, url] };
        leaving = leaving || window.setTimeout(stays, 3000);
    };
}
</script>"""


def one_entry_a_page() -> None:
    """Make the browser's back button lead to the last page with its choices."""
    internals.beside_the_page().html(_ONE_ENTRY_A_PAGE, unsafe_allow_javascript=True)


def keep() -> None:
    """Store the current URL before the visitor leaves to sign in."""
    st.html(_KEEP, unsafe_allow_javascript=True)


def follow() -> None:
    """Go to the stored URL. The script removes it, so that every run may send the script, in the same place: an element
    is lost if the next run begins before the browser has received it.
    """
    internals.beside_the_page().html(_FOLLOW, unsafe_allow_javascript=True)
