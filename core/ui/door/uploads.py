"""Upload limits: only tabs that have passed the gate may upload, up to a memory limit per tab and for all tabs."""

import re
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core import settings
from core.ui.door import tabs
from core.ui.door.answers import answer

MOST_OF_A_TAB = 1_000_000_000
"""Maximum bytes of a tab's uploads in memory before their import; a setting limits those of all tabs."""

MOST_FILES = 1_000
_FRAME = 1_000_000
"""Maximum bytes of an upload form besides its file."""

_NO_ROOM = "There is no room for this file beside those that wait for their import."
_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")
_under_way: Counter[str] = Counter()


class _TooMuch(Exception):
    """An upload exceeds the memory limits."""


def tab_of(path: str) -> str | None:
    """The tab id in an upload's path; None for other paths."""
    found = _PATH.search(path)
    return found[1] if found else None


async def take(app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, length: str | None) -> None:
    """Accept an upload if memory allows. Bytes are counted as they arrive, since the length may be missing or false."""
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
    """Read and discard the rest of the request: if it were cut off, the browser would not show the error."""
    while (await receive()).get("more_body"):
        pass


def _has_room(tab: str, more: int) -> bool:
    of_tab, files, of_all = tabs.stored(tab)
    return (
        files < MOST_FILES
        and of_tab + _under_way[tab] + more <= MOST_OF_A_TAB + _FRAME
        and of_all + _under_way.total() + more <= settings.most_uploaded() + _FRAME
    )
