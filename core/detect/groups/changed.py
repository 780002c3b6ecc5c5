"""Detects the groups of a large account that have changed since its last detection."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from core.database.merge import RowCounts, StagedRows, Table
from core.database.rollups.changes import refresh_changed
from core.database.rollups.totals import refresh_derived_rows
from core.detect.batches import rows_of
from core.detect.groups import whole
from core.detect.groups.former import RESULTS, WITHIN, forget_former, keep_former
from core.detect.groups.judged import (
    Circumstances,
    circumstances,
    last_circumstances,
    remember,
    take_touched,
    take_waiting,
)
from core.detect.groups.members import Part, count_names, touched
from core.detect.groups.scope import part_by_part, scoped
from core.detect.groups.whole import settle_scope
from core.reporting.report_rows import EVERYTHING
from core.reporting.rollups import DERIVED_ROWS
from core.settle.write import Outcomes, Written

_COVERAGE = ("coverage", "report_coverage")
_CASH, _WORDS = (
    next(rows for rows in DERIVED_ROWS if rows.name == name) for name in ("cash_difference", "unknown_word")
)
_CASH_TABLE = Table(_CASH.name, key=_CASH.key, data=_CASH.data, texts=())


def detect_changed(connection: Connection, account_id: int) -> Mapping[str, RowCounts] | None:
    """Detect and settle the groups that have changed; returns the row counts of each written table. None where the
    account has no groups, or everything may have changed: then nothing is detected.
    """
    before = last_circumstances(connection, account_id)
    if before is None:
        return None
    no_rows = text("delete from report_row_day where account_id = :account_id and rows = 0")
    connection.execute(no_rows, {"account_id": account_id})
    refreshed = refresh_derived_rows(connection, [account_id], _COVERAGE)
    now = circumstances(connection, account_id)
    rows = take_touched(connection, [account_id])
    if not now.allows(before) or any(EVERYTHING in names for names in rows):
        return None
    rows_of_a_name = rows_of(connection, [account_id])[account_id] / max(count_names(connection, account_id), 1)
    waited = take_waiting(connection, account_id, now)
    parts = touched(connection, account_id, [*rows, *waited], whole.ROWS_OF_A_PART, rows_of_a_name)
    written = detect_parts(connection, account_id, parts, now, refreshed)
    remember(connection, [account_id], now)
    return written


def detect_parts(
    connection: Connection, account_id: int, parts: Sequence[Part], now: Circumstances, refreshed: Written
) -> Mapping[str, RowCounts]:
    """Detect and settle some groups; returns the row counts of each written table, those of `refreshed` among them."""
    keep_former(connection, account_id, (name for part in parts for name in part.names))
    forget = "delete from waiting_group where account_id = :account_id and name in (select name from judged_name)"
    connection.execute(text(forget), {"account_id": account_id})
    has_unknown_words = _has_unknown_words(connection, account_id)
    outcomes = Outcomes(connection, [account_id], WITHIN)
    cash = StagedRows(connection, _CASH_TABLE, [account_id], is_first=False, within=WITHIN[_CASH.name])
    for finding in part_by_part(connection, account_id, parts):
        _compare_cash(connection, account_id, cash)
        settle_scope(connection, account_id, finding, outcomes, now)
        has_unknown_words = has_unknown_words or _has_unknown_words(connection, account_id, _WORDS.query)
    written = {**refreshed, _CASH.name: cash.merge()}
    if has_unknown_words:
        written |= refresh_derived_rows(connection, [account_id], [_WORDS.name])
    of_accounts = outcomes.write(lambda: written | refresh_changed(connection, account_id, RESULTS))
    forget_former(connection)
    return of_accounts[account_id]


def _compare_cash(connection: Connection, account_id: int, cash: StagedRows) -> None:
    """Compare the approved and the paid cash of the scope: for settlement, and staged for the merge."""
    columns = ", ".join(cash.table.columns)
    query = text(f"insert into {_CASH.name} ({columns}) {scoped(_CASH.query)}")
    connection.execute(query, {"accounts": [account_id]})
    cash.fill(f"select {columns} from {_CASH.name}")


def _has_unknown_words(connection: Connection, account_id: int, query: str = "") -> bool:
    """Whether the account has unknown words, or a query finds some in the scope's rows."""
    found = text(f"select exists ({query or f'select from {_WORDS.name} where account_id = any(:accounts)'})")
    return bool(connection.execute(found, {"accounts": [account_id]}).scalar_one())
