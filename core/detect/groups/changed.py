"""Detects the groups of a large account that have changed since its last detection."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from core.database.merge import RowCounts, StagedRows, Table
from core.database.rollups.changes import refresh_changed
from core.database.rollups.totals import refresh_derived_rows
from core.detect.finding import Finding
from core.detect.groups.former import RESULTS, WITHIN, forget_former, keep_former
from core.detect.groups.judged import (
    Circumstances,
    circumstances,
    last_circumstances,
    remember,
    take_touched,
    take_waiting,
)
from core.detect.groups.members import touched
from core.detect.groups.scope import close_scope, fill_scope, open_scope, scoped
from core.detect.groups.whole import settle_scope
from core.detect.steps import skippable
from core.reporting.report_rows import EVERYTHING
from core.reporting.rollups import DERIVED_ROWS
from core.settle.write import Outcomes

MOST = 0.5
"""The share of an account's names from which all groups are detected instead."""

_COVERAGE = ("coverage", "report_coverage")
_CASH, _WORDS = "cash_difference", "unknown_word"


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
    names = touched(connection, account_id, [*rows, *take_waiting(connection, account_id, now)])
    if len(names) > MOST * _count_names(connection, account_id):
        return None
    written = dict(_detect_names(connection, account_id, names, now))
    remember(connection, [account_id], now)
    return written | {table: of_account[account_id] for table, of_account in refreshed.items()}


def _count_names(connection: Connection, account_id: int) -> int:
    query = text("select count(*) from name_group where account_id = :account_id")
    return int(connection.execute(query, {"account_id": account_id}).scalar_one())


def _detect_names(
    connection: Connection, account_id: int, names: list[str], now: Circumstances
) -> Mapping[str, RowCounts]:
    open_scope(connection)
    fill_scope(connection, account_id, names)
    keep_former(connection, account_id)
    forget = "delete from waiting_group where account_id = :account_id and name in (select name from scope_name)"
    connection.execute(text(forget), {"account_id": account_id})
    cash = _stage_cash(connection, account_id)
    finding = Finding(connection, skippable(connection, [account_id]), for_many=False, read=scoped)
    outcomes = Outcomes(connection, [account_id], WITHIN)
    settle_scope(connection, account_id, finding, outcomes, now)
    has_unknown_words = _has_unknown_words(connection, account_id)
    finding.close()
    close_scope(connection)
    written = {_CASH: cash.merge()}
    if has_unknown_words:
        written |= refresh_derived_rows(connection, [account_id], [_WORDS])
    of_accounts = outcomes.write(lambda: written | refresh_changed(connection, account_id, RESULTS))
    forget_former(connection)
    connection.execute(text("drop table scope_name"))
    return of_accounts[account_id]


def _stage_cash(connection: Connection, account_id: int) -> StagedRows:
    """Compare the approved and the paid cash of the scope: for settlement, and staged for the merge."""
    rows = next(rows for rows in DERIVED_ROWS if rows.name == _CASH)
    table = Table(rows.name, key=rows.key, data=rows.data, texts=())
    staged = StagedRows(connection, table, [account_id], is_first=False, within=WITHIN[_CASH])
    staged.fill(scoped(rows.query))
    columns = ", ".join(table.columns)
    connection.execute(text(f"insert into {_CASH} ({columns}) select {columns} from {table.wanted}"))
    return staged


def _has_unknown_words(connection: Connection, account_id: int) -> bool:
    """Whether the unknown words of the account may have changed: it has some, or the scope's rows have."""
    query = next(rows.query for rows in DERIVED_ROWS if rows.name == _WORDS)
    found = text(f"select exists (select from {_WORDS} where account_id = any(:accounts)) or exists ({query})")
    return bool(connection.execute(found, {"accounts": [account_id]}).scalar_one())
