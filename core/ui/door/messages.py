"""Filter and rate limit for a browser's websocket messages: only kinds that pages need are passed on."""

import math
import time

from anyio import sleep
from google.protobuf.message import DecodeError
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

TAKEN = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request")
"""Allowed kinds of messages. Others are for app developers: they would clear all caches or write files."""

OPERATIONS = ("deferred_file", "dataframe_chunk")


class Pace:
    """A rate limit: `burst` messages at once, then `a_second` per second."""

    def __init__(self, burst: float, a_second: float, patience: float = math.inf) -> None:
        self._burst, self._a_second, self._patience = burst, a_second, patience
        self._left, self._at = burst, time.monotonic()

    def wait(self) -> float:
        """The seconds that the next message must wait, at most `patience`."""
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._at) * self._a_second) - 1
        self._left = max(self._left, -self._patience * self._a_second)
        self._at = now
        return max(0.0, -self._left / self._a_second)


_OF_ALL_STRANGERS = Pace(20, 10, patience=5)


class Paced:
    """The messages of one websocket, rate limited.

    The limit is faster than anyone clicks. Visitors who are not signed in see only the gate: each gets a slower limit,
    and all share another one, so that any number of them leaves room for the others.
    """

    def __init__(self, receive: Receive, *, is_known: bool) -> None:
        self._receive = receive
        self._paces = [Pace(60, 20)] if is_known else [Pace(5, 1), _OF_ALL_STRANGERS]

    async def __call__(self) -> Message:
        """The next message to pass on."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            await sleep(max([pace.wait() for pace in self._paces]))
            if _is_taken(message.get("bytes")):
                return message


def _is_taken(sent: bytes | None) -> bool:
    if sent is None:
        return True  # a text message: Streamlit closes the connection
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return True  # here too
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in TAKEN
