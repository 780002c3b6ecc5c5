"""Streamlit's private parts, for version 1.67: nothing else touches them. tests/pages/test_internals.py tries each.

What of a run, a tab or an address has no public name is here, and fixes for downloads that are made on a click.
Streamlit answers such a click with a message that holds the file's address. A run of the page that begins before the
message is sent clears the queue, and the message with it: the button then waits for three minutes. The file, and what
makes it, are removed when the second run ends after it was made, of whichever session: with many visitors that is
sooner than a browser fetches it. A test says when Streamlit no longer needs them.
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
"""What ends a run before its end: the page is to run again, or has shown all that it has to show."""

# Runs ---------------------------------------------------------------------------------------------------------------


def is_in_a_run() -> bool:
    """Whether the code at hand runs for a tab, and not as the server starts."""
    return get_script_run_ctx(suppress_warning=True) is not None


def is_fragment_alone() -> bool:
    """Whether a fragment runs by itself, and not as part of its page."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def is_served() -> bool:
    """Whether a browser is on the other side. AppTest's stand-in says that it is a runtime: its class is looked at."""
    return runtime.exists() and type(runtime.get_instance()) is runtime.Runtime


def needs_the_contents() -> bool:
    """Whether Streamlit still takes `pages/` for its older kind of many-paged app, as it does until `st.navigation` has
    run once in the process.
    """
    return bool(PagesManager.uses_pages_directory)


def hide_the_pages() -> None:
    """Keep Streamlit from showing the files in pages/ to whoever is the first to come back to a new process."""
    PagesManager.uses_pages_directory = False


def beside_the_page() -> Any:
    """Where elements are put that take no place: as one of the page, a script is a gap until it is loaded."""
    return get_dg_singleton_instance().event_dg


# The address --------------------------------------------------------------------------------------------------------


@contextmanager
def _address() -> Iterator[Any]:
    """The address of the run; None outside of one."""
    context = get_script_run_ctx()
    if context is None:
        yield None
        return
    with context.session_state.query_params() as address:
        yield address


def start_from_address() -> None:
    """Let widgets that are shown first have what the address says now."""
    with _address() as address:
        if address is not None:
            address.set_initial_query_params_from_current()


def history_address() -> str | None:
    """The query of the browser's way back or forth, for which this run is; None for any other run. Widgets that are
    shown first have what it says.
    """
    context = get_script_run_ctx()
    if context is None or not context.is_history_navigation:
        return None
    with context.session_state.query_params() as address:
        address.set_initial_query_params(context.query_string)
    return str(context.query_string)


def prefer_address() -> None:
    """Let this run's address go before what the widgets have, as it does on the browser's way back."""
    context = get_script_run_ctx()
    if context is not None:
        context.is_history_navigation = True


def release(keys: Collection[str]) -> None:
    """Let the address have other values for these keys than their widgets; on the next run it is theirs again."""
    with _address() as address:
        if address is not None:
            for binding in filter(None, map(address.get_binding_for_param, keys)):
                address.unbind_widget(binding.widget_id)


def initial_values(key: str) -> list[str] | None:
    """What a field of this key is to begin with by the address; None where it says nothing."""
    with _address() as address:
        return None if address is None else address._initial_query_params.get(key)


def set_initial_values(key: str, values: Sequence[str]) -> None:
    """Let a field of this key begin with other values than the address has."""
    with _address() as address:
        address._initial_query_params[key] = list(values)


def write_address(key: str, chosen: str | Sequence[str]) -> None:
    """Write other words into the address than a field does that is bound to it."""
    codes = [chosen] if isinstance(chosen, str) else list(chosen)
    kind = "string_value" if isinstance(chosen, str) else "string_array_value"
    with _address() as address:
        if address is not None and address.get_all(key) != codes:
            address.set_corrected_value(key, chosen if isinstance(chosen, str) else codes, kind)


# Tabs, uploads and cookies, seen from beside the pages --------------------------------------------------------------


def of_tab(session_id: str, key: str) -> Any:
    """What the state of a tab has under a key; None where there is no such tab."""
    found = cast("Any", runtime.get_instance())._session_mgr.get_active_session_info(session_id)
    try:
        return found.session.session_state[key] if found is not None else None
    except KeyError:
        return None


def uploads() -> Mapping[str, Mapping[str, Any]]:
    """The files that are kept of uploads, by tab."""
    found: Mapping[str, Mapping[str, Any]] = getattr(
        cast("Any", runtime.get_instance()).uploaded_file_mgr, "file_storage", {}
    )
    return found


def signed_in_user(cookies: Mapping[str, str]) -> bytes | None:
    """What Streamlit's signed cookie says of the user; None where it is forged or there is none."""
    return _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)


def arrow_of(rows: Any) -> Any:
    """A DataFrame as it is sent to the browser."""
    return dataframe_util.convert_pandas_df_to_arrow_table(rows)


# Downloads ----------------------------------------------------------------------------------------------------------

KEPT_SECONDS = 60.0
"""How long a file that no page refers to waits to be fetched, and what makes one waits to be asked."""

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
    """Whether KEPT_SECONDS have passed since this was asked first."""
    now = time.monotonic()
    return now - float(orphan.setdefault("orphaned_at", now)) >= KEPT_SECONDS


def apply() -> None:
    """Put the fixes into Streamlit, for the whole process."""
    for owner, name, fixed in (
        (ForwardMsgQueue, "clear", _clear_but_keep_answers),
        (MediaFileMetadata, "mark_for_delete", _mark_once_it_is_old),
        (MediaFileManager, "_remove_orphaned_deferred_callables", _remove_orphaned_callables),
    ):
        getattr(owner, name)  # an AttributeError says that another version has other parts
        setattr(owner, name, fixed)
