"""Runs the checks. Each is a query beside this file that returns a row for each violation."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from core.database import detections
from core.database.merge import RowCounts
from core.database.rollups.report_states import differing_reports
from core.database.rollups.totals import differing, refresh_rollups
from core.detect.batches import batches
from core.detect.run import detect_and_write
from core.reporting.rollups import ROLLUPS

FOLDER = Path(__file__).parent

LAWS: dict[str, str] = {
    "adds_up": "Unclaimed + Claimed + Lost equals the amount detected, per account and currency.",
    "claimed_is_paid": "Claimed is the sum of the reimbursement rows, per account and currency.",
    "units_in_one_stage": "Every unit of every item is in exactly one stage, or settled in kind.",
    "totals_are_kept": "The totals that the pages read equal the sums of the items, payments and cases.",
    "detecting_again_changes_nothing": "Detecting again from the synced rows gives the same items, in any order.",
    "row_security": "Row security guards every table and view with rows of an account or a person.",
    "claim_windows": "Every item is judged by the rule in force on its date.",
}
"""The checks' descriptions by name, in order."""


@dataclass(frozen=True)
class Violation:
    """A violated check. `account` and `currency` are empty where it concerns neither."""

    law: str
    account: str
    currency: str
    what: str


OF_RULES = frozenset({"detecting_again_changes_nothing", "claim_windows"})
"""The laws that compare items with rules: skipped for accounts judged by earlier rules."""

OF_ROWS = OF_RULES | {"claimed_is_paid", "totals_are_kept"}
"""The laws that compare detected items with report rows: skipped for accounts that are not detected yet."""


def check_all(connection: Connection) -> list[Violation]:
    """All violations, in the caller's transaction. Changes nothing.

    An account in the detection backlog, or with files arriving meanwhile, violates no law.
    """
    before = detections.waiting(connection), detections.taken(connection, list(_codes(connection)))
    found = _broken(connection)
    codes = _codes(connection)
    after = detections.waiting(connection), detections.taken(connection, list(codes))
    moving = {code for account_id, code in codes.items() if before[1].get(account_id) != after[1].get(account_id)}
    moving |= {code for waiting, _ in (before, after) for code in waiting.not_detected.values()}
    judged_before = {code for waiting, _ in (before, after) for code in waiting.judged_before.values()}
    says_nothing = dict.fromkeys(OF_ROWS, moving) | dict.fromkeys(OF_RULES, moving | judged_before)
    settled = [each for each in found if each.account not in says_nothing.get(each.law, ())]
    return settled + _reports_anew(connection, codes)


def _broken(connection: Connection) -> list[Violation]:
    found: list[Violation] = []
    for law in LAWS:
        if law == "detecting_again_changes_nothing":
            found.extend(_detected_anew(connection))
        elif law == "totals_are_kept":
            found.extend(_kept_anew(connection))
        else:
            rows = connection.execute(text((FOLDER / f"{law}.sql").read_text())).mappings()
            found.extend(Violation(law, **row) for row in rows)
    return found


def _reports_anew(connection: Connection, codes: Mapping[int, str]) -> list[Violation]:
    """Compare each report state with the report's attempts."""
    return [
        Violation("totals_are_kept", codes[account_id], "", f"of report_state, {reports} differ from their attempts")
        for account_id, reports in differing_reports(connection, list(codes)).items()
    ]


def _kept_anew(connection: Connection) -> list[Violation]:
    """Recompute the rollups of every account, record the differences, and roll back."""
    codes = _codes(connection)
    savepoint = connection.begin_nested()
    anew = refresh_rollups(connection, list(codes))
    savepoint.rollback()
    of_one = [
        Violation("totals_are_kept", codes[account_id], "", _what(table, rows))
        for table, of_accounts in anew.items()
        for account_id, rows in of_accounts.items()
        if rows.new or rows.changed or rows.gone
    ]
    rows_of_all = {total.name: differing(connection, total) for total in ROLLUPS}
    of_all = [
        Violation(
            "totals_are_kept", "", "", f"of {table}, {rows} rows of sums over accounts differ from the accounts' sums"
        )
        for table, rows in rows_of_all.items()
        if rows
    ]
    return of_one + of_all


def _detected_anew(connection: Connection) -> list[Violation]:
    """Law 4, from the rows: detect every account anew, record the differences, and roll back."""
    found = []
    codes = _codes(connection)
    for group in batches(connection, list(codes)):
        savepoint = connection.begin_nested()
        anew = detect_and_write(connection, group)
        savepoint.rollback()
        for account_id, written in anew.items():
            for table, rows in written.items():
                if rows.new or rows.changed or rows.gone:
                    law = "detecting_again_changes_nothing"
                    found.append(Violation(law, codes[account_id], "", _what(table, rows)))
    return found


def _codes(connection: Connection) -> dict[int, str]:
    rows = connection.execute(text("select account_id, code from account"))
    return {row.account_id: row.code for row in rows}


def _what(table: str, rows: RowCounts) -> str:
    return f"of {table}, {rows.new} rows would be new, {rows.changed} changed, {rows.gone} gone"
