"""Refreshes the rollups of a large account from the results that changed, instead of from all of them.

A rollup is a sum over results, so it changes by its own query over the new results of some groups, less the same query
over their former ones. The query reads temporary tables with the names of the result tables, which PostgreSQL looks for
first.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from core.database.merge import RowCounts
from core.database.rollups.totals import compact_in_turn, refresh_rollup, sums_with
from core.reporting.rollups import ROLLUPS, Rollup

FROM_PAYMENTS = "payment_total"
"""The only rollup of report rows: those of before a sync are gone, and it is quickly made anew."""

FROM_ROLLUP = "deadline_total"
"""The rollup from which another one is summed."""


def refresh_changed(
    connection: Connection, account_id: int, results: Mapping[str, str]
) -> dict[str, Mapping[int, RowCounts]]:
    """Refresh the rollups of an account, in the caller's transaction; row counts as in `refresh_rollups`.

    `results` are the tables of results with the condition of those that may have changed; `former_<table>` has them as
    they were before.
    """
    rollups = [total for total in ROLLUPS if total.name != FROM_PAYMENTS]
    for total in rollups:
        columns = f"like public.{total.name} including defaults"
        connection.execute(text(f"create temp table changed_{total.name} ({columns}) on commit drop"))
    for table in (*results, FROM_ROLLUP):
        shadow = f"create temp table {table} (like public.{table} including defaults) on commit drop"
        connection.execute(text(shadow))
    _sum_up(connection, account_id, rollups, {table: f"select * from former_{table}" for table in results}, "-")
    now = {
        table: f"select * from public.{table} where account_id = :account_id and {results[table]}" for table in results
    }
    _sum_up(connection, account_id, rollups, now, "")
    connection.execute(text(f"drop table {', '.join(f'pg_temp.{table}' for table in (*results, FROM_ROLLUP))}"))
    sums = sums_with(connection, [account_id])
    written: dict[str, Mapping[int, RowCounts]] = {
        total.name: {account_id: _apply(connection, total, account_id, sums["sums"])} for total in rollups
    }
    connection.execute(text(f"drop table {', '.join(f'changed_{total.name}' for total in rollups)}"))
    payments = next(total for total in ROLLUPS if total.name == FROM_PAYMENTS)
    written[payments.name] = refresh_rollup(connection, payments, [account_id], sums)
    compact_in_turn(connection, [account_id], sums)
    return written


def _sum_up(
    connection: Connection, account_id: int, rollups: list[Rollup], results: Mapping[str, str], sign: str
) -> None:
    """Add the sums over some results to the changes, or subtract them."""
    for table, query in results.items():
        connection.execute(text(f"truncate pg_temp.{table}"))
        connection.execute(text(f"insert into {table} {query}"), {"account_id": account_id})
    connection.execute(text(f"truncate pg_temp.{FROM_ROLLUP}"))
    for total in rollups:
        key = ", ".join(("account_id", *total.key))
        summed = f"{key}, {', '.join(total.sums)}"
        values = {"accounts": [account_id]}
        if total.name == FROM_ROLLUP:
            connection.execute(text(f"insert into {FROM_ROLLUP} ({summed}) {total.query}"), values)
        signed = f"{key}, {', '.join(f'{sign}{name}' for name in total.sums)}"
        statement = f"insert into changed_{total.name} ({summed}) select {signed} from ({total.query}) as found"
        connection.execute(text(statement), values)


def _apply(connection: Connection, total: Rollup, account_id: int, sums: list[int]) -> RowCounts:
    """Add the changes to the account's rollup and to the sums that it is part of."""
    key, added = ", ".join(total.key), ", ".join(total.sums)
    change = f"(select {key}, {total.added_as} from changed_{total.name} group by {key} having {total.differs})"
    of_account = "t.account_id = :account_id and t.batch = 0 and " + " and ".join(
        f"t.{name} = c.{name}" for name in total.key
    )
    values = {"account_id": account_id, "sums": sums}
    connection.execute(
        text(
            f"insert into {total.name} (account_id, batch, {key}, {added})"
            f" select s.sum_id, nextval('kept_batch'), {key}, {added}"
            f" from {change} as c cross join unnest(cast(:sums as int[])) as s (sum_id)"
        ),
        values,
    )
    more = ", ".join(f"{name} = t.{name} + c.{name}" for name in total.sums)
    changed = connection.execute(
        text(f"update {total.name} as t set {more} from {change} as c where {of_account}"), values
    ).rowcount
    new = connection.execute(
        text(
            f"insert into {total.name} (account_id, {key}, {added}) select :account_id, {key}, {added}"
            f" from {change} as c where not exists (select from {total.name} as t where {of_account})"
        ),
        values,
    ).rowcount
    nothing = " and ".join(f"t.{name} = 0" for name in total.sums)
    gone = connection.execute(
        text(f"delete from {total.name} as t using {change} as c where {of_account} and {nothing}"), values
    ).rowcount
    return RowCounts(new, changed - gone, 0, gone)
