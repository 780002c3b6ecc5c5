"""Checks of uploads and file requests, which bypass the pages, against the server's sessions (one per tab)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import Any

from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import SQLAlchemyError

from core.database.access import sessions
from core.database.access.visitor import user_with_email
from core.errors import RecoupError
from core.ui.shell import internals, session_check, sign_in
from core.ui.shell.session_check import Standing

_AT_ONCE = 8
"""Maximum concurrent queries: a database that hangs must not block the threads that serve files."""

_limiters: list[CapacityLimiter] = []


async def may_upload(session_id: str) -> bool:
    """Whether a tab has passed the gate and its session is still valid."""
    return await _asked(partial(session_check.may_go_on, _of_tab(session_id)))


async def may_fetch(headers: Mapping[str, str]) -> bool:
    """Whether a request for a generated file comes from a signed-in user with a valid session. Always True without
    sign-in, where only this machine has access.
    """
    if not sign_in.is_configured():
        return True
    return await _asked(partial(_is_signed_in, headers.get("cookie", "")))


def are_known(headers: Mapping[str, str]) -> bool:
    """Whether a request has a sign-in cookie, of a valid session or not. Always True without sign-in, where only this
    machine has access.
    """
    return not sign_in.is_configured() or bool(_claims(headers.get("cookie", "")))


def stored(session_id: str) -> tuple[int, int, int]:
    """Uploads in memory: a tab's bytes and number of files, and the bytes of all tabs."""
    kept = list(internals.uploads().items())
    sizes = {tab: [len(file.data) for file in list(files.values())] for tab, files in kept}
    own = sizes.get(session_id, [])
    return sum(own), len(own), sum(map(sum, sizes.values()))


def _of_tab(session_id: str) -> Standing | None:
    who = internals.of_tab(session_id, session_check.KEY)
    return who if isinstance(who, Standing) else None


def _is_signed_in(cookie: str) -> bool:
    claims = _claims(cookie)
    email, at = claims.get("email"), claims.get("iat")
    if claims.get("email_verified") is not True or not isinstance(email, str) or not isinstance(at, int | float):
        return False
    try:
        key = sessions.key_of(str(claims.get("iss")), str(claims.get("sub")), datetime.fromtimestamp(at, UTC))
        user_id = user_with_email(email)
    except (RecoupError, SQLAlchemyError, ValueError, OverflowError, OSError):
        return False
    return user_id is not None and session_check.may_go_on(Standing(user_id, key))


def _claims(cookie: str) -> dict[str, Any]:
    """The user claims in Streamlit's signed cookie; empty if it is forged or missing."""
    try:
        cookies = {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
    except CookieError:
        return {}
    signed = internals.signed_in_user(cookies)
    found = json.loads(signed) if signed else {}
    return found if isinstance(found, dict) else {}


async def _asked(question: "partial[bool]") -> bool:
    if not _limiters:
        _limiters.append(CapacityLimiter(_AT_ONCE))
    return await to_thread.run_sync(question, limiter=_limiters[0])
