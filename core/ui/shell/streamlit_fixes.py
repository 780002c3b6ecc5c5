"""Fixes of Streamlit 1.67 for downloads that are made on a click.

Streamlit answers such a click with a message that holds the file's address. A run of the page that begins before the
message is sent clears the queue, and the message with it: the button then waits for three minutes. The file, and what
makes it, are removed when the second run ends after it was made, of whichever session: with many visitors that is
sooner than a browser fetches it. tests/pages/test_streamlit_fixes.py says when Streamlit no longer needs them.
"""

import time
from typing import Any, cast

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata

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
