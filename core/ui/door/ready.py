"""The readiness check `/ready`: whether the database answers too, not only the process."""

import time
from functools import partial

from anyio import to_thread
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from core.database.engine import app_engine
from core.errors import RecoupError

_GOOD_FOR = 2.0
"""Seconds for which a result is cached, so that frequent calls cost nothing."""

_answered: list[tuple[float, bool]] = []
_asking: list[bool] = []


async def ready(_: Request) -> PlainTextResponse:
    """200 if the database answers, else 503. No details, since anyone may call it."""
    now = time.monotonic()
    if not (_answered and (now - _answered[0][0] < _GOOD_FOR or _asking)):
        _asking.append(True)
        try:
            is_ready = await to_thread.run_sync(partial(_answers))
            _answered[:] = [(time.monotonic(), is_ready)]
        finally:
            _asking.clear()
    is_ready = _answered[0][1]
    words = "ready" if is_ready else "the database does not answer"
    return PlainTextResponse(words, 200 if is_ready else 503, {"Cache-Control": "no-store"})


def _answers() -> bool:
    try:
        with app_engine().connect() as connection:
            connection.execute(text("select 1"))
    except (SQLAlchemyError, RecoupError):
        return False
    return True
