"""A browser's tab without a browser: it speaks Streamlit's websocket, runs pages and moves widgets, and says how long
each run took until the server had finished.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Navigation_pb2 import Navigation
from websockets import Subprotocol

_FINISHED = ("FINISHED_SUCCESSFULLY", "FINISHED_FRAGMENT_RUN_SUCCESSFULLY")
_SECONDS = 120


def _listed(navigation: Navigation) -> Iterator[AppPage]:
    """The pages that the navigation shows."""
    return (each for each in navigation.app_pages if not each.is_hidden)


@dataclass
class Tab:
    """One visitor's page. `errors` counts what failed, `received` the bytes that came."""

    socket: Any
    query: str
    page: str = ""
    errors: list[str] = field(default_factory=list)
    received: int = 0
    _widgets: dict[str, tuple[str, str]] = field(default_factory=dict)
    _values: dict[str, str] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    _hash: str = ""
    _known: dict[str, ForwardMsg] = field(default_factory=dict)

    @classmethod
    async def open(cls, address: str, query: str, page: str = "") -> "Tab":
        """A tab at an address of `http://…`, with what follows the question mark, on a page by its address."""
        place = urlsplit(address).netloc
        protocols = [Subprotocol("streamlit")]
        socket = await websockets.connect(
            f"ws://{place}/_stcore/stream", subprotocols=protocols, max_size=None, ping_interval=None, proxy=None
        )
        return cls(socket, query, page)

    @property
    def pages(self) -> set[str]:
        """The addresses of the pages in its navigation; the first page's is empty."""
        return set(self._pages)

    async def close(self) -> None:
        """Close it."""
        await self.socket.close()

    async def run(self) -> float:
        """Run the page as it is; the seconds until it had finished."""
        message = BackMsg()
        request = message.rerun_script
        request.query_string = self.query
        request.page_script_hash = self._pages.get(self.page, self._hash)
        request.page_name = "" if request.page_script_hash else self.page
        request.context_info.timezone, request.context_info.locale = "America/Los_Angeles", "en-US"
        for key, value in self._values.items():
            if key in self._widgets:
                widget = request.widget_states.widgets.add()
                widget.id, widget.string_value = self._widgets[key][0], value
        request.cached_message_hashes.extend(self._known)
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._finished(), _SECONDS)
        return time.perf_counter() - began

    async def go(self, page: str) -> float:
        """Go to another page, by its address."""
        self.page, self._widgets, self._values = page, {}, {}
        return await self.run()

    async def choose(self, key: str, value: str) -> float:
        """Choose in a select box, by the key of its widget."""
        if key not in self._widgets:
            self.errors.append(f"{self.page} has no {key}: {sorted(self._widgets)}")
        self._values[key] = value
        return await self.run()

    async def _finished(self) -> None:
        while True:
            raw = await self.socket.recv()
            self.received += len(raw)
            if self._is_last(self._resolved(ForwardMsg.FromString(raw))):
                return

    def _resolved(self, message: ForwardMsg) -> ForwardMsg:
        """The message, or the one that it refers to."""
        if message.WhichOneof("type") == "ref_hash":
            return self._known.get(message.ref_hash, message)
        if message.metadata.cacheable and message.hash:
            self._known[message.hash] = message
        return message

    def _is_last(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._hash = message.navigation.page_script_hash
            self._pages = {each.url_pathname: each.page_script_hash for each in _listed(message.navigation)}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element)
        elif kind == "script_finished":
            state = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
            if state == "FINISHED_WITH_COMPILE_ERROR":
                self.errors.append(state)
            return state in (*_FINISHED, "FINISHED_WITH_COMPILE_ERROR")
        return False

    def _see(self, element: Element) -> None:
        kind = element.WhichOneof("type") or ""
        if kind == "exception":
            self.errors.append(f"{element.exception.type}: {element.exception.message}")
        if kind == "alert" and "went wrong" in element.alert.body:
            self.errors.append(element.alert.body)
        name = getattr(getattr(element, kind, None), "id", "") if kind else ""
        if name:
            self._widgets[name.rsplit("-", 1)[-1]] = (name, kind)
