"""SQL conditions that limit a query to its accounts, in addition to row security for the visitor's accounts."""

from collections.abc import Sequence

from core.reporting.rollups import EVERY_ACCOUNT, is_of_sums


def of_accounts(account_ids: Sequence[int], table: str) -> str:
    """SQL condition: rows of a table (by its alias) belong to these accounts. Binds `account_ids`.

    For EVERY_ACCOUNT only row security limits the rows; for a portfolio, the viewer's grants do.
    """
    if list(account_ids) == [EVERY_ACCOUNT]:
        return "true"
    if is_of_sums(account_ids):
        return f"coalesce({table}.account_id = any((select granted())::int[]), false)"
    if is_one(account_ids):
        return f"{table}.account_id = (:account_ids)[1]"  # only for a single account does an index return its order
    # For many accounts, row security already has the condition that uses the index. PostgreSQL would multiply the
    # estimates of two equal conditions, expect a tenth of the rows, and sort all of them instead of scanning an index
    # up to the first hundred. Hence the coalesce.
    return f"coalesce({table}.account_id = any(:account_ids), false)"


def of_totals(account_ids: Sequence[int], table: str) -> str:
    """SQL condition: rows of a rollup (by its alias) belong to these accounts, or to a sum over accounts.
    Binds `account_ids`.
    """
    return f"{table}.account_id = (:account_ids)[1]" if len(account_ids) == 1 else of_accounts(account_ids, table)


def most(account_ids: Sequence[int], name: str, *, is_narrow: bool = False) -> str:
    """SQL of a limit, by the name of the bound value. `is_narrow` says that the query repeats a condition, so that
    PostgreSQL expects too few rows.
    """
    if not is_narrow and not is_one(account_ids):
        return f":{name}"
    # For one account, row security and the query have the same condition, and a narrow query repeats one of its own:
    # PostgreSQL expects too few rows. If it learns the limit only when the query runs, it plans for a tenth of the
    # rows, and an index scan wins whatever the estimate is.
    return f"(select cast(:{name} as bigint))"


def is_one(account_ids: Sequence[int]) -> bool:
    """Whether it is a single account, not a sum over many."""
    return len(account_ids) == 1 and not is_of_sums(account_ids)
