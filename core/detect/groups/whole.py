"""Detects every group of a large account, some at a time, so that memory is bounded."""

from sqlalchemy import Connection, text

from core.detect.finding import Finding
from core.detect.groups.former import CASH_LINK
from core.detect.groups.judged import Circumstances, circumstances, note_waiting
from core.detect.groups.members import find_all
from core.detect.groups.scope import part_by_part, scoped
from core.settle.cases import cases_of
from core.settle.replay import replay
from core.settle.write import Outcomes

_CASH = text(
    "insert into cash_difference select * from public.cash_difference"
    f" where account_id = :account_id and {CASH_LINK} in (select name from scope_name)"
)

ROWS_OF_A_PART = 150_000
"""Report rows of the groups that are in memory at once."""


def settle_all(connection: Connection, account_id: int, outcomes: Outcomes) -> Circumstances:
    """Find the account's groups, and detect and settle all of them; returns the circumstances of the judgement."""
    now = circumstances(connection, account_id)
    parts = find_all(connection, account_id, ROWS_OF_A_PART)
    connection.execute(text("delete from waiting_group where account_id = :account_id"), {"account_id": account_id})
    for finding in part_by_part(connection, account_id, parts):
        connection.execute(_CASH, {"account_id": account_id})
        settle_scope(connection, account_id, finding, outcomes, now)
    return now


def settle_scope(
    connection: Connection, account_id: int, finding: Finding, outcomes: Outcomes, now: Circumstances
) -> None:
    """Detect and settle the groups whose rows are in the scope."""
    facts = finding.facts(account_id)
    outcome = replay(facts)
    outcomes.add(account_id, outcome, cases_of(facts, outcome))
    note_waiting(connection, account_id, now, scoped)
