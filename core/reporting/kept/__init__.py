"""The totals that are kept beside the rows that they sum, so that a page never adds up millions of rows.

Each is a table of the same name, filled by the query in the file beside this one, and made equal to it for an account
in the transaction that changes the account's items (core.database.kept). They keep dates, never a stage of the
calendar: what is ready, future or expired is derived when it is asked for (core.queries.stage_sums), for any day.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent

EVERY_ACCOUNT = 0
"""The `account_id` of the sums over all accounts. Only staff, who need no grants, may read them."""


@dataclass(frozen=True)
class KeptTotal:
    """A table of sums: `key` are what they are summed by beside the account, none of them null, and `sums` what is
    summed.
    """

    name: str
    key: tuple[str, ...]
    sums: tuple[str, ...]

    @property
    def query(self) -> str:
        """What the rows of some accounts, `:accounts`, are to be: `account_id`, the key, the sums."""
        return (FOLDER / f"{self.name}.sql").read_text()


_SERIES = ("marketplace", "channel", "category", "currency")
_MONEY = ("items", "units", "amount", "items_without_value")

KEPT_TOTALS = (
    KeptTotal("item_total", (*_SERIES, "part"), _MONEY),
    KeptTotal("deadline_total", ("deadline_on", "opens_on", *_SERIES, "part"), _MONEY),
    KeptTotal("payment_total", ("channel", "currency", "month"), ("payments", "recovered", "reversed")),
    KeptTotal(
        "case_total", (*_SERIES, "status", "stage", "origin"), ("cases", "without_claim", "claimed", "recovered")
    ),
)
"""All of them."""
