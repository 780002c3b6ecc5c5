"""Uploads: of tabs that have passed the gate alone, and so much of each and of all together as memory has room for."""

import re
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core import settings
from core.ui.door import tabs
from core.ui.door.answers import answer

MOST_OF_A_TAB = 1_000_000_000
"""Bytes of a tab's uploads that wait in memory for their import; of all tabs a setting says it."""

MOST_FILES = 1_000
_FRAME = 1_000_000
"""What a form has around its file at most."""

_NO_ROOM = "There is no room for this file beside those that wait for their import."
_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")
_under_way: Counter[str] = Counter()


class _TooMuch(Exception):
    """More was sent than there is room for."""


def tab_of(path: str) -> str | None:
    """The tab that an upload is for; None for a path that is none of an upload."""
    found = _PATH.search(path)
    return found[1] if found else None


async def take(app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, length: str | None) -> None:
    """Let an upload in as far as there is room. One without a length, or with a false one, is counted as it comes."""
    tab = tab_of(scope["path"]) or ""
    if not await tabs.may_upload(tab):
        await answer(send, 403, "Files are taken from those who have signed in.")
        return
    expected = int(length) if length and length.isascii() and length.isdigit() else 0
    if not _has_room(tab, expected):
        await _drop(receive)
        await answer(send, 413, _NO_ROOM)
        return
    await _counted(app, scope, receive, send, tab=tab, expected=expected)


async def _counted(app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, tab: str, expected: int) -> None:
    held, came, has_answered = expected, 0, False
    _under_way[tab] += held

    async def count() -> Message:
        nonlocal held, came
        message = await receive()
        came += len(message.get("body", b""))
        if came > held:
            _under_way[tab] += came - held
            held = came
            if not _has_room(tab, 0):
                raise _TooMuch
        return message

    async def note(message: Message) -> None:
        nonlocal has_answered
        has_answered = True
        await send(message)

    try:
        await app(scope, count, note)
    except _TooMuch:
        if not has_answered:
            await _drop(receive)
            await answer(send, 413, _NO_ROOM)
    finally:
        _under_way[tab] -= held
        if not _under_way[tab]:
            del _under_way[tab]


async def _drop(receive: Receive) -> None:
    """Let go of what still comes: a browser that is cut off does not hear why."""
    while (await receive()).get("more_body"):
        pass


def _has_room(tab: str, more: int) -> bool:
    of_tab, files, of_all = tabs.stored(tab)
    return (
        files < MOST_FILES
        and of_tab + _under_way[tab] + more <= MOST_OF_A_TAB + _FRAME
        and of_all + _under_way.total() + more <= settings.most_uploaded() + _FRAME
    )
