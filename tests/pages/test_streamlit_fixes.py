"""Downloads that are made on a click come, whatever runs meanwhile. The last test fails once Streamlit sees to it
itself: the fix can go then.
"""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import media_file_manager
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from core.ui.shell import streamlit_fixes


@pytest.fixture(autouse=True)
def fixed() -> None:
    streamlit_fixes.apply()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> MediaFileManager:
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: "session")
    return MediaFileManager(MemoryMediaFileStorage("/media"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test moves."""
    now = [1_000.0]
    monkeypatch.setattr("core.ui.shell.streamlit_fixes.time.monotonic", lambda: now[0])
    return now


def offer(files: MediaFileManager) -> str:
    """A button of a page, and what a click on it asks for."""
    return files.add_deferred(lambda: b"a,b\n", "text/csv", "[0]", "rows.csv")


def draw_anew(files: MediaFileManager, *, is_offered: bool = True) -> None:
    """A run of the page, from its beginning to its end."""
    files.clear_session_refs("session")
    if is_offered:
        offer(files)
    files.remove_orphaned_files()


def answered() -> ForwardMsg:
    message = ForwardMsg()
    message.backend_operation_response.request_id = "click"
    return message


@pytest.mark.parametrize("fragments", [None, ["one"]])
def test_the_answer_to_a_click_is_sent_though_the_page_runs_again(fragments: list[str] | None) -> None:
    queue = ForwardMsgQueue()
    queue.enqueue(answered())
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=fragments)
    assert [message.backend_operation_response.request_id for message in queue.flush()] == ["click"]
    assert queue.flush() == []


def test_a_file_waits_to_be_fetched_however_many_runs_end(files: MediaFileManager, clock: list[float]) -> None:
    url = files.execute_deferred(offer(files))
    for _ in range(100):
        draw_anew(files)
        clock[0] += 0.5
    storage = files._storage
    assert isinstance(storage, MemoryMediaFileStorage)
    assert storage.get_file(url.rpartition("/")[2]).content == b"a,b\n"
    clock[0] += streamlit_fixes.KEPT_SECONDS
    for _ in range(3):
        draw_anew(files)
    assert files._file_metadata == {}


def test_a_click_on_what_was_drawn_before_is_answered(files: MediaFileManager, clock: list[float]) -> None:
    before = offer(files)
    draw_anew(files, is_offered=False)
    assert files.execute_deferred(before)
    clock[0] += streamlit_fixes.KEPT_SECONDS
    draw_anew(files, is_offered=False)
    assert files._deferred_callables == {}


def test_streamlit_still_loses_the_answer_by_itself() -> None:
    queue = ForwardMsgQueue()
    queue.enqueue(answered())
    streamlit_fixes._clear(queue, retain_lifecycle_msgs=True)
    assert queue.flush() == []
