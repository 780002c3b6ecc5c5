"""Declarations of the rollups: precomputed sums, so that a page never adds up millions of rows.

Each is a table of the same name, filled by the query in the file beside this one, and refreshed for an account in the
transaction that changes the account's items (core.database.rollups). Rollups have dates, never a calendar stage: which
units are ready, future or expired is computed at query time (core.queries.stage_sums), for any day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.reporting.report_rows import DAY_KEY, days_query

FOLDER = Path(__file__).parent

EVERY_ACCOUNT = 0
"""The `account_id` of the sums over all accounts, readable by staff only, who need no grants. Smaller ids are the sums
over the accounts of one user each (core.database.rollups.portfolios).
"""


def is_of_sums(account_ids: Sequence[int]) -> bool:
    """Whether the ids name a sum over accounts rather than accounts."""
    return len(account_ids) == 1 and account_ids[0] <= EVERY_ACCOUNT


@dataclass(frozen=True)
class Rollup:
    """A table of sums: `key` are the columns to group by besides the account, none of them null, `sums` the sum
    columns.
    """

    name: str
    key: tuple[str, ...]
    sums: tuple[str, ...]

    @property
    def query(self) -> str:
        """The query for the rows of some accounts, `:accounts`: `account_id`, the key, the sums."""
        return (FOLDER / f"{self.name}.sql").read_text()

    @property
    def added(self) -> str:
        """The SQL expressions that add up rows."""
        return ", ".join(f"sum({name})" for name in self.sums)

    @property
    def added_as(self) -> str:
        """`added`, under the columns' names."""
        return ", ".join(f"sum({name}) as {name}" for name in self.sums)

    @property
    def differs(self) -> str:
        """The SQL condition that added-up rows are not all zero."""
        return " or ".join(f"sum({name}) <> 0" for name in self.sums)


@dataclass(frozen=True)
class DerivedRows:
    """A table of results computed from all rows of an account: `key` identifies a row within the account. `sql` is its
    query where it has no file.
    """

    name: str
    key: tuple[str, ...]
    data: tuple[str, ...]
    sql: str = ""

    @property
    def query(self) -> str:
        """The query for the rows of some accounts, `:accounts`: `account_id`, the key, the data."""
        return self.sql or (FOLDER / f"{self.name}.sql").read_text()


_SERIES = ("marketplace", "channel", "category", "currency")
_PLACES = ("marketplace", "category", "currency")
_RESULTS = ("won", "lost", "open", "closed", "elsewhere")
_PRICED = ("priced", "claimed", "recovered", "claimed_squared", "recovered_squared", "product")
_MONEY = ("items", "units", "amount", "items_without_value")

ROLLUPS = (
    Rollup("item_total", (*_SERIES, "part"), _MONEY),
    Rollup("deadline_total", ("deadline_on", "opens_on", *_SERIES, "part"), _MONEY),
    Rollup("due_total", ("span", "begins_on", "marketplace", "currency", "part"), ("items", "amount")),
    Rollup(
        "payment_total",
        ("channel", "marketplace", "currency", "month"),
        ("payments", "paid", "taken_back", "recovered", "reversed"),
    ),
    Rollup("case_total", (*_SERIES, "status", "stage", "origin"), ("cases", "without_claim", "claimed", "recovered")),
    Rollup("outcome_total", ("span", "begins_on", *_PLACES), (*_RESULTS, *_PRICED)),
    Rollup("follow_up_total", ("list", "until_on", "marketplace", "currency"), ("rows", "amount")),
    Rollup(
        "waiting_total",
        ("format", "region", "marketplace", "currency", "first_on", "last_on", "deadline_on"),
        ("items", "amount", "items_without_value"),
    ),
    Rollup("case_age_total", ("part", "opened_on", "days", *_PLACES), ("cases", "approved", "claimed")),
)
"""All rollups, in the order in which they are refreshed."""

DERIVED_ROWS = (
    DerivedRows("report_row_day", DAY_KEY, ("rows",), days_query()),
    DerivedRows("coverage", ("format", "region", "currency", "known_by", "covered_from"), ("covered_through",)),
    DerivedRows("report_coverage", ("format", "region", "currency"), ("covered_from", "covered_through", "known_by")),
    DerivedRows(
        "cash_difference",
        ("row_id",),
        (
            *("side", "marketplace", "moved_on", "reason", "sku", "order_id", "amount", "currency", "document"),
            *("file_id", "line"),
        ),
    ),
    DerivedRows(
        "unknown_word",
        ("format", "column_name", "word", "currency"),
        ("rows", "units", "amount", "first_on", "last_on"),
    ),
)
"""Expensive results that rules and lists read. They are refreshed before detection, in this order."""
