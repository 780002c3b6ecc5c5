"""What a browser says over a page's websocket: what pages need is passed on, at a pace that leaves room for others."""

import math
import time

from anyio import sleep
from google.protobuf.message import DecodeError
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

TAKEN = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request")
"""Kinds of messages. Others are for whoever develops an app: they would empty everybody's caches or write files."""

OPERATIONS = ("deferred_file", "dataframe_chunk")


class Pace:
    """So many messages at once, and so many a second after that."""

    def __init__(self, burst: float, a_second: float, patience: float = math.inf) -> None:
        self._burst, self._a_second, self._patience = burst, a_second, patience
        self._left, self._at = burst, time.monotonic()

    def wait(self) -> float:
        """The seconds that one more message has to wait; at most so many as there is patience for."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._a_second) - 1
        self._left = max(self._left, -self._patience * self._a_second)
        self._at = now
        return max(0.0, -self._left / self._a_second)


_OF_ALL_STRANGERS = Pace(20, 10, patience=5)


class Paced:
    """The messages of one websocket. No hand clicks faster than they are passed on. Those of strangers, who see the
    gate and nothing else, are slower, and all strangers share a pace: however many they are, the others have room.
    """

    def __init__(self, receive: Receive, *, is_known: bool) -> None:
        self._receive = receive
        self._paces = [Pace(60, 20)] if is_known else [Pace(5, 1), _OF_ALL_STRANGERS]

    async def __call__(self) -> Message:
        """The next message that is passed on."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            await sleep(max([pace.wait() for pace in self._paces]))
            if _is_taken(message.get("bytes")):
                return message


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
