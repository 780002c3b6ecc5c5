"""The detection backlog: accounts with files that are not detected yet, since a process died in between, and accounts
judged by earlier rules.

The rules' version is a hash of the files that find, judge and settle events, without their comments.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, text

CORE = Path(__file__).parent.parent
RULES = (
    *("claim_windows/*.toml", "claim_windows/*.py", "detect/**/*.sql", "detect/**/*.py", "reporting/*.sql"),
    *("reporting/report_rows.py", "reporting/rollups/coverage.sql", "reporting/rollups/cash_difference.sql"),
    *("settle/*.sql", "settle/*.py", "vocabulary/*.py"),
)
"""The files of `core` that judge, by glob pattern."""

_COMMENTS = ("#", "--")
_DIGITS = 16


@dataclass(frozen=True)
class Waiting:
    """The accounts to detect, with their codes: those with undetected files, and those judged by other rules than this
    program's.
    """

    not_detected: Mapping[int, str]
    judged_before: Mapping[int, str]

    def __bool__(self) -> bool:
        return bool(self.not_detected or self.judged_before)

    @property
    def accounts(self) -> dict[int, str]:
        """All accounts of the backlog."""
        return {**self.not_detected, **self.judged_before}

    def sentence(self) -> str:
        """The size of the backlog and the remedy; empty without a backlog."""
        counted = (
            (len(self.not_detected), "files that are not detected yet"),
            (len(self.judged_before), "items that were judged by earlier rules"),
        )
        parts = [
            f"{number} {'account has' if number == 1 else 'accounts have'} {what}" for number, what in counted if number
        ]
        return f"{', '.join(parts)}. Run: python -m loaders detect --waiting" if parts else ""


@cache
def rules() -> str:
    """The version of this program's rules."""
    found = sha256()
    for path in sorted(path for pattern in RULES for path in CORE.glob(pattern)):
        found.update(f"\x1f{path.relative_to(CORE)}\n".encode())
        found.update("\n".join(_lines(path.read_text(encoding="utf-8"))).encode())
    return found.hexdigest()[:_DIGITS]


def waiting(connection: Connection, still_at_work: timedelta = timedelta()) -> Waiting:
    """The backlog among the accounts visible to the connection. Accounts with a very recent file are left out: the
    process that took it may still detect them.
    """
    query = text("""
        select a.account_id, a.code, s.taken > s.detected as is_not_detected
        from account_state as s
        inner join account as a on a.account_id = s.account_id
        where
            (s.taken > s.detected or (s.taken > 0 and s.judged_by is distinct from :rules))
            and (s.synced_at is null or s.synced_at <= now() - cast(:still_at_work as interval))
        order by a.code
    """)
    rows = connection.execute(query, {"rules": rules(), "still_at_work": still_at_work}).all()
    return Waiting(
        {row.account_id: row.code for row in rows if row.is_not_detected},
        {row.account_id: row.code for row in rows if not row.is_not_detected},
    )


def taken(connection: Connection, accounts: Sequence[int]) -> dict[int, int]:
    """The number of files taken per account: read it before a detection reads its first row."""
    query = text("select account_id, taken from account_state where account_id = any(:accounts)")
    found = {row.account_id: row.taken for row in connection.execute(query, {"accounts": list(accounts)})}
    return {account_id: found.get(account_id, 0) for account_id in accounts}


def note(connection: Connection, seen: Mapping[int, int]) -> None:
    """Record that accounts were detected with all files counted in `seen`, by this program's rules."""
    connection.execute(
        text(
            """
            insert into account_state as s (account_id, detected, judged_by)
            select account_id, detected, :rules
            from unnest(cast(:accounts as int[]), cast(:taken as bigint[])) as d (account_id, detected)
            on conflict (account_id) do update set detected = excluded.detected, judged_by = excluded.judged_by
            where s.detected is distinct from excluded.detected or s.judged_by is distinct from excluded.judged_by
            """
        ),
        {"accounts": list(seen), "taken": list(seen.values()), "rules": rules()},
    )


def _lines(content: str) -> Iterator[str]:
    """The significant lines of a file: without blank lines, comments and surrounding blanks."""
    for line in content.splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith(_COMMENTS):
            yield stripped
