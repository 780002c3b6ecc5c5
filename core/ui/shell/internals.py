"""Uses of Streamlit's private API (version 1.67). No other module may use it; tests/pages/test_internals.py covers it.

Contains access to runs, tabs and URLs that has no public API, and fixes for downloads that are generated on a click.
Streamlit answers such a click with a message that has the file's URL. If a page run starts before the message is sent,
it clears the queue, including the message: the button then waits for three minutes. Streamlit removes the file and its
callable at the end of the second run after their creation, in any session: with many visitors that is before a browser
fetches the file. A test shows when Streamlit no longer needs the fixes.
"""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from streamlit import dataframe_util, runtime
from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunException, StopException, get_script_run_ctx
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

Again, Stopped = RerunException, StopException
"""Exceptions that end a run early: to rerun the page (`st.rerun`), or to stop it (`st.stop`)."""

# Runs ---------------------------------------------------------------------------------------------------------------


def is_in_a_run() -> bool:
    """Whether the current code runs for a tab, not at server start."""
    return get_script_run_ctx(suppress_warning=True) is not None


def is_fragment_alone() -> bool:
    """Whether a fragment runs by itself, not as part of its page."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def is_served() -> bool:
    """Whether this is a real server. AppTest's mock passes for a runtime, so the class is compared."""
    return runtime.exists() and type(runtime.get_instance()) is runtime.Runtime


def needs_the_contents() -> bool:
    """Whether Streamlit still treats `pages/` as its older kind of multipage app, as it does until `st.navigation` has
    run once in the process.
    """
    return bool(PagesManager.uses_pages_directory)


def hide_the_pages() -> None:
    """Keep Streamlit from listing the files in pages/ for the first visitor who returns to a new process."""
    PagesManager.uses_pages_directory = False


def beside_the_page() -> Any:
    """The container of invisible elements. In the page itself, a script leaves a gap until it has loaded."""
    return get_dg_singleton_instance().event_dg


# The address --------------------------------------------------------------------------------------------------------


@contextmanager
def _address() -> Iterator[Any]:
    """The run's query parameters; None outside a run."""
    context = get_script_run_ctx()
    if context is None:
        yield None
        return
    with context.session_state.query_params() as address:
        yield address


def start_from_address() -> None:
    """Initialize new widgets from the current query parameters."""
    with _address() as address:
        if address is not None:
            address.set_initial_query_params_from_current()


def history_address() -> str | None:
    """The query string if the browser's back or forward button started this run, else None. New widgets start from
    its values.
    """
    context = get_script_run_ctx()
    if context is None or not context.is_history_navigation:
        return None
    with context.session_state.query_params() as address:
        address.set_initial_query_params(context.query_string)
    return str(context.query_string)


def prefer_address() -> None:
    """In this run, let the URL override the widgets' values, as after the browser's back button."""
    context = get_script_run_ctx()
    if context is not None:
        context.is_history_navigation = True


def release(keys: Collection[str]) -> None:
    """Unbind these query parameters from their widgets until the next run, so that they can have other values."""
    with _address() as address:
        if address is not None:
            for binding in filter(None, map(address.get_binding_for_param, keys)):
                address.unbind_widget(binding.widget_id)


def initial_values(key: str) -> list[str] | None:
    """The URL's initial values for the field with this key; None if the URL has none."""
    with _address() as address:
        return None if address is None else address._initial_query_params.get(key)


def set_initial_values(key: str, values: Sequence[str]) -> None:
    """Replace the URL's initial values for the field with this key."""
    with _address() as address:
        address._initial_query_params[key] = list(values)


def write_address(key: str, chosen: str | Sequence[str]) -> None:
    """Write other values into the URL than the bound field does."""
    codes = [chosen] if isinstance(chosen, str) else list(chosen)
    kind = "string_value" if isinstance(chosen, str) else "string_array_value"
    with _address() as address:
        if address is not None and address.get_all(key) != codes:
            address.set_corrected_value(key, chosen if isinstance(chosen, str) else codes, kind)


# Tabs, uploads and cookies, seen from outside the pages -------------------------------------------------------------


def of_tab(session_id: str, key: str) -> Any:
    """The value of a key in a tab's session state; None if the key or the tab is missing."""
    found = cast("Any", runtime.get_instance())._session_mgr.get_active_session_info(session_id)
    try:
        return found.session.session_state[key] if found is not None else None
    except KeyError:
        return None


def uploads() -> Mapping[str, Mapping[str, Any]]:
    """The uploaded files in memory, by tab."""
    found: Mapping[str, Mapping[str, Any]] = getattr(
        cast("Any", runtime.get_instance()).uploaded_file_mgr, "file_storage", {}
    )
    return found


def signed_in_user(cookies: Mapping[str, str]) -> bytes | None:
    """The user claims in Streamlit's signed cookie; None if it is forged or missing."""
    return _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)


def arrow_of(rows: Any) -> Any:
    """A DataFrame as the Arrow table that Streamlit sends to the browser."""
    return dataframe_util.convert_pandas_df_to_arrow_table(rows)


# Downloads ----------------------------------------------------------------------------------------------------------

KEPT_SECONDS = 60.0
"""How long an orphaned file remains available to fetch, and an orphaned callable available to run."""

_ANSWER = "backend_operation_response"
_clear = ForwardMsgQueue.clear


def _clear_but_keep_answers(
    queue: ForwardMsgQueue, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
) -> None:
    answers = [message for message in queue._queue if message.WhichOneof("type") == _ANSWER]
    _clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)
    if retain_lifecycle_msgs:
        queue._queue = [message for message in queue._queue if message.WhichOneof("type") != _ANSWER] + answers


def _mark_once_it_is_old(file: MediaFileMetadata) -> None:
    file._is_marked_for_delete = _is_over(vars(file))


def _remove_orphaned_callables(files: MediaFileManager) -> None:
    offered = {name for names in files._files_by_session_and_coord.values() for name in names.values()}
    for name in set(files._deferred_callables) - offered:
        if _is_over(cast("dict[str, Any]", files._deferred_callables[name])):
            files._drop_deferred_id(name)


def _is_over(orphan: dict[str, Any]) -> bool:
    """Whether KEPT_SECONDS have passed since the first call with this orphan."""
    now = time.monotonic()
    return now - float(orphan.setdefault("orphaned_at", now)) >= KEPT_SECONDS


def apply() -> None:
    """Patch Streamlit with the fixes, for the whole process."""
    for owner, name, fixed in (
        (ForwardMsgQueue, "clear", _clear_but_keep_answers),
        (MediaFileMetadata, "mark_for_delete", _mark_once_it_is_old),
        (MediaFileManager, "_remove_orphaned_deferred_callables", _remove_orphaned_callables),
    ):
        getattr(owner, name)  # raises AttributeError if another Streamlit version lacks it
        setattr(owner, name, fixed)
