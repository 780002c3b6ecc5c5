"""The ASGI middleware in front of Streamlit: it lets through requests with the pages' own host and origin, of a kind
that the pages need, and small enough for memory.
"""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.ui.door import callers, tabs, uploads
from core.ui.door.answers import answer, with_headers
from core.ui.door.messages import Paced

_LOG = logging.getLogger("recoup.door")

_CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
"""Streamlit's own metrics and tools: operators use core.metrics instead."""


class Door:
    """Refuses requests, or passes them on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on to Streamlit."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = callers.headers_of(scope)
        if why := callers.refusal(scope, headers):
            _LOG.info("refused: %s", why)
            await _refuse(scope, receive, send, why)
        elif scope["type"] == "websocket":
            paced = Paced(receive, is_known=tabs.are_known(headers))
            await self._app(_of_own_host(scope, headers), paced, send)
        else:
            await self._answer(scope, receive, send, headers)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, headers: callers.Headers) -> None:
        path = scope["path"]
        if any(each in path for each in _CLOSED):
            await answer(send, 404, "There is no such page.")
        elif scope["method"] == "PUT" and uploads.tab_of(path):
            await uploads.take(self._app, scope, receive, _guarded(send), length=headers.get("content-length"))
        elif "/media/" in path:
            await self._app(scope, receive, _Files(send, headers))
        else:
            await self._app(scope, receive, _guarded(send))


class _Files:
    """Sends media files. Downloads are only for signed-in visitors and must not be cached."""

    def __init__(self, send: Send, headers: callers.Headers) -> None:
        self._send, self._headers = send, headers
        self._is_refused = False

    async def __call__(self, message: Message) -> None:
        """Send one message of a response."""
        if message["type"] != "http.response.start":
            if not self._is_refused:
                await self._send(message)
            return
        is_file = any(name.lower() == b"content-disposition" for name, _ in message["headers"])
        if is_file and not await tabs.may_fetch(self._headers):
            self._is_refused = True
            await answer(self._send, 403, "Sign in to fetch this file.")
            return
        await self._send(with_headers(message, *([(b"cache-control", b"no-store")] if is_file else [])))


def _guarded(send: Send) -> Send:
    async def guard(message: Message) -> None:
        await send(with_headers(message) if message["type"] == "http.response.start" else message)

    return guard


def _of_own_host(scope: Scope, headers: callers.Headers) -> Scope:
    """The request with the host of its origin, which has been checked to be these pages' own.

    Streamlit compares the two as well. If they differ, it calls a service on the internet for this machine's address,
    which blocks all visitors.
    """
    origin = headers.get("origin")
    if origin is None:
        return scope
    host = origin.partition("://")[2].encode("latin-1")
    others = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
    return {**scope, "headers": [*others, (b"host", host)]}


async def _refuse(scope: Scope, receive: Receive, send: Send, why: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": why})
        return
    await answer(send, 403, why)
