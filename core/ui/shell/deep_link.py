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

# Going to another page, Streamlit adds several entries to the browser's history: this page without its choices, the
# other one, the other one with its choices. Only one is wanted, or the way back would lead to a page without them. What
# keeps every choice is the page's own.
_ONE_ENTRY_A_PAGE = """<script>
if (!window.recoupHistory) {
    window.recoupHistory = true;
    const push = window.history.pushState.bind(window.history);
    const replace = window.history.replaceState.bind(window.history);
    const keeps = (target) =>
        [...new URLSearchParams(window.location.search).keys()].every((key) => target.searchParams.has(key));
    let arrived = 0;
    let waiting = 0;
    window.history.pushState = (state, title, url) => {
        const target = new URL(url ?? window.location.href, window.location.href);
        window.clearTimeout(waiting);
        if (target.pathname !== window.location.pathname) {
            arrived = Date.now();
            push(state, title, url);
        } else if (Date.now() - arrived < 5000 || keeps(target)) {
            replace(state, title, url);
        } else {
            waiting = window.setTimeout(() => {
                if (target.pathname === window.location.pathname) replace(state, title, url);
            }, 1500);
        }
    };
}
</script>"""


def one_entry_a_page() -> None:
    """Let the browser's back button lead to the last page with its choices."""
    st.html(_ONE_ENTRY_A_PAGE, unsafe_allow_javascript=True)


def keep() -> None:
    """Remember the address that was asked for, before the visitor leaves to sign in."""
    st.html(_KEEP, unsafe_allow_javascript=True)


def follow() -> None:
    """Go to the remembered address. The browser forgets it with that, so that every run may send this, in the same
    place: what a run has sent is lost where the next one begins before the browser has it.
    """
    st.html(_FOLLOW, unsafe_allow_javascript=True)
