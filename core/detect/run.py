"""Detects accounts: finds what may be owed, settles it, and writes the items."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from core.database import detections, locks, schema
from core.database.merge import RowCounts
from core.database.rollups.totals import refresh_derived_rows, refresh_rollups
from core.detect import groups
from core.detect.batches import rows_of
from core.detect.finding import Finding
from core.detect.steps import skippable
from core.settle.cases import cases_of
from core.settle.replay import replay
from core.settle.write import Outcomes

LARGE = 50_000
"""Report rows from which an account is detected by groups, and after a sync only the groups that it touched: below,
finding the groups takes longer than they save.
"""

Written = Mapping[int, Mapping[str, RowCounts]]
"""Row counts of each written table, by account."""


@dataclass
class Detected:
    """Counts of a detection, of one account or of several."""

    items: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Detected") -> "Detected":
        return Detected(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


def detect(connection: Connection, account_id: int) -> Detected:
    """Detect and settle what the account's syncs have changed, in the caller's transaction. Idempotent; the results are
    those of `detect_all`.
    """
    locks.hold(connection, "detect", [account_id])
    seen = detections.taken(connection, [account_id])
    written = groups.detect_changed(connection, account_id)
    if written is None:
        return detect_all(connection, [account_id])[account_id]
    detections.note(connection, seen)
    return _counted(connection, {account_id: written})[account_id]


def detect_all(connection: Connection, accounts: Sequence[int]) -> dict[int, Detected]:
    """Detect and settle accounts from all of their rows, in the caller's transaction. Idempotent. Several small
    accounts at once take a fraction of the time of separate runs.
    """
    return _counted(connection, detect_and_write(connection, accounts))


def detect_and_write(connection: Connection, accounts: Sequence[int]) -> Written:
    """Detect and settle accounts from all of their rows; returns the row counts of each written table by account."""
    schema.refuse_other(connection)
    locks.hold(connection, "detect", accounts)
    seen = detections.taken(connection, accounts)
    groups.take_touched(connection, accounts)
    refreshed = refresh_derived_rows(connection, accounts)
    outcomes = Outcomes(connection, accounts)
    is_large = len(accounts) == 1 and rows_of(connection, accounts)[accounts[0]] >= LARGE
    judged = groups.settle_all(connection, accounts[0], outcomes) if is_large else None
    if judged is None:
        _settle(connection, accounts, outcomes)
    written = outcomes.write(lambda: refresh_rollups(connection, accounts, refreshed))
    detections.note(connection, seen)
    groups.remember(connection, accounts, judged)
    return written


def _settle(connection: Connection, accounts: Sequence[int], outcomes: Outcomes) -> None:
    finding = Finding(connection, skippable(connection, accounts), for_many=len(accounts) > 1)
    for account_id in accounts:
        facts = finding.facts(account_id)
        outcome = replay(facts)
        outcomes.add(account_id, outcome, cases_of(facts, outcome))
    finding.close()


_ITEMS = text("""
    select account_id, coalesce(sum(items), 0) as items
    from item_total
    where account_id = any(:accounts) and part = 'detected' and batch = 0
    group by account_id
""")


def _counted(connection: Connection, written: Written) -> dict[int, Detected]:
    items = {row.account_id: int(row.items) for row in connection.execute(_ITEMS, {"accounts": list(written)})}
    counted = {}
    for account_id, tables in written.items():
        new, changed_, _, _ = tables["item"]
        all_items = items.get(account_id, 0)
        withdrawn = tables["withdrawn_item"].new
        counted[account_id] = Detected(all_items, new, changed_, all_items - new - changed_, withdrawn)
    return counted
