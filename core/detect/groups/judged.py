"""Remembers under which circumstances an account's groups were judged, and what has changed since."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from core.database import detections
from core.detect.groups import members
from core.detect.steps import query_of

_FOLDER = Path(__file__).parent
_NOW = (_FOLDER / "circumstances.sql").read_text()
_WAIT = (_FOLDER / "waiting.sql").read_text()


@dataclass(frozen=True)
class Circumstances:
    """What a judgement depends on besides the rows of its own group, and the last day of the account's data."""

    judged_in: dict[str, Any]
    judged_through: date | None

    def allows(self, before: "Circumstances") -> bool:
        """Whether judgements under other circumstances hold, but for groups that wait for a day."""
        if before.judged_in != self.judged_in or before.judged_through is None or self.judged_through is None:
            return False
        return before.judged_through <= self.judged_through


def circumstances(connection: Connection, account_id: int) -> Circumstances:
    """The circumstances now. Reads the account's coverage, which must be fresh."""
    query = text(_NOW.replace("{warehouse}", query_of("warehouse")))
    row = connection.execute(query, {"account_id": account_id, "rules": detections.rules()}).one()
    return Circumstances(row.judged_in, row.judged_through)


def last_circumstances(connection: Connection, account_id: int) -> Circumstances | None:
    """Those of the last detection by groups; None where the account was detected as a whole."""
    query = "select judged_in, judged_through from account_state where account_id = :account_id"
    row = connection.execute(text(query), {"account_id": account_id}).one_or_none()
    return None if row is None or row.judged_in is None else Circumstances(row.judged_in, row.judged_through)


def take_touched(connection: Connection, accounts: Sequence[int]) -> list[members.Names]:
    """Take the names of the rows that have changed since the last detection: this one detects them."""
    query = text("delete from touched_row where account_id = any(:accounts) returning names")
    return list(connection.execute(query, {"accounts": list(accounts)}).scalars())


def take_waiting(connection: Connection, account_id: int, now: Circumstances) -> list[members.Names]:
    """Take the groups that waited for a day which the account's data have reached."""
    query = "delete from waiting_group where account_id = :account_id and until_on <= :day returning name"
    found = connection.execute(text(query), {"account_id": account_id, "day": now.judged_through})
    return [[name] for name in found.scalars()]


def note_waiting(connection: Connection, account_id: int, now: Circumstances, read: Callable[[str], str]) -> None:
    """Note on which day's data the groups of the scope are judged anew. Reads the tables of a detection."""
    connection.execute(text(read(_WAIT)), {"account_id": account_id, "judged_through": now.judged_through})


def remember(connection: Connection, accounts: Sequence[int], now: Circumstances | None) -> None:
    """Remember the circumstances of a detection by groups; None: forget the groups of accounts detected as a whole."""
    if now is not None:
        statement = text(
            "update account_state set judged_in = cast(:judged_in as jsonb), judged_through = :judged_through"
            " where account_id = any(:accounts)"
        )
        connection.execute(statement, {"accounts": list(accounts), **_stored(now)})
        return
    forget = text(
        "update account_state set judged_in = null, judged_through = null"
        " where account_id = any(:accounts) and judged_in is not null returning account_id"
    )
    for account_id in connection.execute(forget, {"accounts": list(accounts)}).scalars().all():
        members.forget(connection, account_id)


def _stored(now: Circumstances) -> dict[str, Any]:
    return {"judged_in": json.dumps(now.judged_in), "judged_through": now.judged_through}
