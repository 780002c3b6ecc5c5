"""What a browser says over a page's websocket: what pages need is passed on, at a pace that leaves room for others."""

import time

from anyio import sleep
from google.protobuf.message import DecodeError
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

TAKEN = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request")
"""Kinds of messages. Others are for whoever develops an app: they would empty everybody's caches or write files."""

OPERATIONS = ("deferred_file", "dataframe_chunk")
BURST, A_SECOND = 60.0, 20.0
"""So many messages may come at once, and so many a second after that: no hand clicks faster."""


class Paced:
    """The messages of one websocket."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left, self._at = BURST, time.monotonic()

    async def __call__(self) -> Message:
        """The next message that is passed on."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            await self._wait()
            if _is_taken(message.get("bytes")):
                return message

    async def _wait(self) -> None:
        now = time.monotonic()
        self._left = min(BURST, self._left + (now - self._at) * A_SECOND) - 1
        self._at = now
        if self._left < 0:
            await sleep(-self._left / A_SECOND)


def _is_taken(sent: bytes | None) -> bool:
    if sent is None:
        return True  # a text: Streamlit ends the connection
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return True  # so it does here
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in TAKEN
