"""Streamlit's private parts do what the pages need of them: a new version that has others fails here.

Downloads that are made on a click come, whatever runs meanwhile. The last test fails once Streamlit sees to it itself:
the fix can go then.
"""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import media_file_manager
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from core.ui.shell import internals


def test_outside_of_a_run_there_is_none() -> None:
    assert not internals.is_in_a_run()
    assert not internals.is_fragment_alone()
    assert not internals.is_served()
    assert internals.history_address() is None
    assert internals.initial_values("kind") is None


def in_a_run() -> None:
    import streamlit as st

    from core.ui.shell import internals

    st.write(f"{internals.is_in_a_run()} {internals.is_fragment_alone()} {internals.is_served()}")


def test_a_page_knows_that_it_runs() -> None:
    assert AppTest.from_function(in_a_run).run().markdown[0].value == "True False False"


def with_a_field() -> None:
    import streamlit as st

    from core.ui.shell import internals

    if internals.initial_values("kind") == ["code"]:
        internals.set_initial_values("kind", ["Label"])
    chosen = st.selectbox("Kind", ["Other", "Label"], key="kind", bind="query-params")
    if chosen == "Label":
        internals.write_address("kind", "code")
    if st.button("Leave", key="leave"):
        internals.release(["kind"])
        st.query_params["kind"] = "Other"


def test_a_field_is_read_from_its_code_and_writes_it_and_lets_go_of_it() -> None:
    app = AppTest.from_function(with_a_field)
    app.query_params["kind"] = "code"
    app.run()
    assert app.selectbox[0].value == "Label"
    assert app.query_params["kind"] in ("code", ["code"])
    app.button(key="leave").click().run()
    assert not app.exception
    assert app.query_params["kind"] in ("Other", ["Other"])


def goes_back() -> None:
    import streamlit as st

    from core.ui.shell import internals

    internals.prefer_address()
    internals.start_from_address()
    st.write(f"back: {internals.history_address()}")


def test_a_run_of_the_way_back_knows_its_address() -> None:
    app = AppTest.from_function(goes_back)
    app.query_params["kind"] = "code"
    assert app.run().markdown[0].value.startswith("back: ")
    assert not app.exception


def test_the_pages_can_be_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", True)
    assert internals.needs_the_contents()
    internals.hide_the_pages()
    assert not internals.needs_the_contents()


def test_tabs_and_uploads_are_seen_from_beside_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    tab = SimpleNamespace(session=SimpleNamespace(session_state={"standing": 7}))
    tabs = SimpleNamespace(get_active_session_info={"tab": tab}.get)
    kept = {"tab": {"file": SimpleNamespace(data=b"a")}}
    found = SimpleNamespace(_session_mgr=tabs, uploaded_file_mgr=SimpleNamespace(file_storage=kept))
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: found)
    assert [internals.of_tab(name, "standing") for name in ("tab", "none")] == [7, None]
    assert internals.of_tab("tab", "other") is None
    assert internals.uploads() == kept


def test_a_runtime_has_the_parts_that_are_looked_at() -> None:
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

    assert hasattr(WebsocketSessionManager, "get_active_session_info")
    assert MemoryUploadedFileManager("/upload").file_storage == {}


def test_a_forged_cookie_names_nobody() -> None:
    assert not internals.signed_in_user({"_streamlit_user": "forged"})


def test_rows_are_sent_as_arrow() -> None:
    sent: Any = internals.arrow_of(pd.DataFrame({"a": [1, 2]}))
    assert sent.num_rows == 2


@pytest.fixture(autouse=True)
def fixed() -> None:
    internals.apply()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> MediaFileManager:
    monkeypatch.setattr(media_file_manager, "_get_session_id", lambda: "session")
    return MediaFileManager(MemoryMediaFileStorage("/media"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test moves."""
    now = [1_000.0]
    monkeypatch.setattr("core.ui.shell.internals.time.monotonic", lambda: now[0])
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
    clock[0] += internals.KEPT_SECONDS
    for _ in range(3):
        draw_anew(files)
    assert files._file_metadata == {}


def test_a_click_on_what_was_drawn_before_is_answered(files: MediaFileManager, clock: list[float]) -> None:
    before = offer(files)
    draw_anew(files, is_offered=False)
    assert files.execute_deferred(before)
    clock[0] += internals.KEPT_SECONDS
    draw_anew(files, is_offered=False)
    assert files._deferred_callables == {}


def test_streamlit_still_loses_the_answer_by_itself() -> None:
    queue = ForwardMsgQueue()
    queue.enqueue(answered())
    internals._clear(queue, retain_lifecycle_msgs=True)
    assert queue.flush() == []
