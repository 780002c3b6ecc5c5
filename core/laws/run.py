"""Runs the checks. Each is a query beside this file that returns a row for each thing that does not hold."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from core.detect.run import write_anew
from core.detect.together import together

FOLDER = Path(__file__).parent

LAWS: dict[str, str] = {
    "adds_up": "Unclaimed + Claimed + Lost is what was detected, per account and currency.",
    "claimed_is_paid": "Claimed is the sum of the reimbursement rows, per account and currency.",
    "units_in_one_stage": "Every unit of every item is in exactly one stage, or settled in kind.",
    "detecting_again_changes_nothing": "The items are those that the synced rows give, whatever came first.",
    "row_security": "Row security guards every table and view with rows of an account or a person.",
    "claim_windows": "Every item is judged by the rule that is in force on its date.",
}
"""What is checked, by name, in order."""


@dataclass(frozen=True)
class Violation:
    """Something that does not hold. `account` and `currency` are empty where it is about neither."""

    law: str
    account: str
    currency: str
    what: str


def check_all(connection: Connection) -> list[Violation]:
    """All that does not hold, in the caller's transaction. Nothing is changed."""
    found: list[Violation] = []
    for law in LAWS:
        if law == "detecting_again_changes_nothing":
            found.extend(_detected_anew(connection))
        else:
            rows = connection.execute(text((FOLDER / f"{law}.sql").read_text())).mappings()
            found.extend(Violation(law, **row) for row in rows)
    return found


def _detected_anew(connection: Connection) -> list[Violation]:
    """Law 4, seen from the rows: detect every account anew, see what that would change, and take it back."""
    found = []
    accounts = connection.execute(text("select account_id, code from account"))
    codes = {row.account_id: row.code for row in accounts}
    for group in together(connection, list(codes)):
        savepoint = connection.begin_nested()
        anew = write_anew(connection, group)
        savepoint.rollback()
        for account_id, written in anew.items():
            for table, rows in written.items():
                if rows.new or rows.changed or rows.gone:
                    what = f"of {table}, {rows.new} rows would be new, {rows.changed} changed, {rows.gone} gone"
                    found.append(Violation("detecting_again_changes_nothing", codes[account_id], "", what))
    return found
