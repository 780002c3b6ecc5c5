"""Which accounts wait for their detection: since a process died between a file and what is owed for it, or since the
program judges by other rules than it did.

The rules are named by a hash of the files that say how events are found, judged and settled, without their comments.
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
    *("claim_windows/*.toml", "claim_windows/*.py", "detect/**/*.sql", "detect/*.py", "reporting/*.sql"),
    *("reporting/kept/coverage.sql", "reporting/kept/cash_difference.sql"),
    *("settle/*.sql", "settle/*.py", "vocabulary/*.py"),
)
"""The files that judge, of `core`."""

_COMMENTS = ("#", "--")
_DIGITS = 16


@dataclass(frozen=True)
class Waiting:
    """The accounts that wait, by their codes: those with files that were not looked through yet, and those that were
    judged by other rules than this program's.
    """

    not_detected: Mapping[int, str]
    judged_before: Mapping[int, str]

    def __bool__(self) -> bool:
        return bool(self.not_detected or self.judged_before)

    @property
    def accounts(self) -> dict[int, str]:
        """All of them."""
        return {**self.not_detected, **self.judged_before}

    def sentence(self) -> str:
        """How many wait, and what to do about it; empty where none does."""
        counted = (
            (len(self.not_detected), "files that are not detected yet"),
            (len(self.judged_before), "items that were judged by earlier rules"),
        )
        told = [
            f"{number} {'account has' if number == 1 else 'accounts have'} {what}" for number, what in counted if number
        ]
        return f"{', '.join(told)}. Run: python -m loaders detect --waiting" if told else ""


@cache
def rules() -> str:
    """The name of the rules that this program judges by."""
    found = sha256()
    for path in sorted(path for pattern in RULES for path in CORE.glob(pattern)):
        found.update(f"\x1f{path.relative_to(CORE)}\n".encode())
        found.update("\n".join(_lines(path.read_text(encoding="utf-8"))).encode())
    return found.hexdigest()[:_DIGITS]


def waiting(connection: Connection, still_at_work: timedelta = timedelta()) -> Waiting:
    """The accounts that wait, of those that the connection sees, less those whose last file was taken in so short a
    time ago that whoever did it is still at work.
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
    """How many times a file was taken in for each account: to be asked before a detection looks at the first row."""
    query = text("select account_id, taken from account_state where account_id = any(:accounts)")
    found = {row.account_id: row.taken for row in connection.execute(query, {"accounts": list(accounts)})}
    return {account_id: found.get(account_id, 0) for account_id in accounts}


def note(connection: Connection, seen: Mapping[int, int]) -> None:
    """Note that accounts were detected with all that was taken in until then, by the rules of this program."""
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
    """What counts of a file: not how it is indented at its ends, no empty line and no comment."""
    for line in content.splitlines():
        said = line.strip()
        if said and not said.startswith(_COMMENTS):
            yield said
