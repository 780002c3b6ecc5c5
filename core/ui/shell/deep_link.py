"""The address that was asked for survives the way through sign-in, which ends at the front page.

It waits in the browser's own session storage: the server's session is another one afterwards, maybe on another server.
"""

import streamlit as st

from core.ui.shell import internals

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

# Streamlit adds entries to the browser's history of which only one is wanted. A widget's new value comes as a whole
# address (`http://…`) and belongs to the page's own entry. What a run sets comes as a path: before the path of another
# page it empties this page's address, and then puts the other page's choices into it. None of that may reach the entry
# of the page that is left, or the way back leads to a list without its filters, or to one account alone.
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
    """Let the browser's back button lead to the last page with its choices."""
    internals.beside_the_page().html(_ONE_ENTRY_A_PAGE, unsafe_allow_javascript=True)


def keep() -> None:
    """Remember the address that was asked for, before the visitor leaves to sign in."""
    st.html(_KEEP, unsafe_allow_javascript=True)


def follow() -> None:
    """Go to the remembered address. The browser forgets it with that, so that every run may send this, in the same
    place: what a run has sent is lost where the next one begins before the browser has it.
    """
    internals.beside_the_page().html(_FOLLOW, unsafe_allow_javascript=True)
