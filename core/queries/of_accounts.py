"""How a query of many rows names its accounts, beside row security that names those of the visitor."""

from collections.abc import Sequence

from core.reporting.rollups import EVERY_ACCOUNT, is_of_sums


def of_accounts(account_ids: Sequence[int], table: str) -> str:
    """The condition in SQL that rows of a table (its alias) are of these accounts. Binds `account_ids`.

    Asked of EVERY_ACCOUNT, row security alone says which there are; asked of a portfolio, what was granted.
    """
    if list(account_ids) == [EVERY_ACCOUNT]:
        return "true"
    if is_of_sums(account_ids):
        return f"coalesce({table}.account_id = any((select granted())::int[]), false)"
    if is_one(account_ids):
        return f"{table}.account_id = (:account_ids)[1]"  # an index by account keeps its order only for one of them
    # Of many, row security has the condition that an index is asked for. Two alike would be multiplied: PostgreSQL
    # would expect a tenth of the rows, and sort them all instead of walking an index to the first hundred.
    return f"coalesce({table}.account_id = any(:account_ids), false)"


def of_totals(account_ids: Sequence[int], table: str) -> str:
    """The condition in SQL that rows of a kept total (its alias) are of these accounts, or a kept sum over accounts.
    Binds `account_ids`.
    """
    return f"{table}.account_id = (:account_ids)[1]" if len(account_ids) == 1 else of_accounts(account_ids, table)


def most(account_ids: Sequence[int], name: str, *, is_narrow: bool = False) -> str:
    """How many rows at most, by the name of the bound value, in SQL. Of a query that `is_narrow`, with conditions that
    tell the same twice, too few rows are expected.
    """
    if not is_narrow and not is_one(account_ids):
        return f":{name}"
    # Of one account, row security and the query have the same condition, and of what is narrow two conditions tell the
    # same: too few rows are expected. Where the limit is only known when the query runs, a tenth of the rows is planned
    # for, and walking an index wins whatever is expected.
    return f"(select cast(:{name} as bigint))"


def is_one(account_ids: Sequence[int]) -> bool:
    """Whether it is one account that is asked of, and not a sum over many."""
    return len(account_ids) == 1 and not is_of_sums(account_ids)
