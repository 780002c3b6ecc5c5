"""Keeps the totals of core.reporting.kept equal to the rows that they sum."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from core.database.equal import Table, Wanted, Written
from core.database.report_states import keep_outdated_reports, keep_report
from core.reporting.kept import EVERY_ACCOUNT, KEPT_ROWS, KEPT_TOTALS, KeptRows, KeptTotal

LOCK = 0x4B54  # the letters "KT": the class of the advisory locks, one a table
_MANY = 1000
"""So many rows are read in a millisecond, whatever is put together in them."""


def keep_totals(connection: Connection, accounts: Sequence[int]) -> dict[str, Mapping[int, Written]]:
    """Make every total of the accounts what their rows add up to, and all else that is kept what is found in them, in
    the caller's transaction; and what that did to each account's rows of each table.

    To be called in each transaction that changes items, payments or cases, after that change.
    """
    found = {rows.name: _keep_rows(connection, rows, accounts) for rows in KEPT_ROWS}
    return found | {total.name: _keep(connection, total, accounts) for total in KEPT_TOTALS}


def _keep(connection: Connection, total: KeptTotal, accounts: Sequence[int]) -> Mapping[int, Written]:
    table = Table(total.name, key=total.key, data=total.sums, texts=())
    wanted = Wanted(connection, table, accounts, is_first=False)
    wanted.fill(total.query)
    connection.execute(text(_change(total)), {"accounts": list(accounts)})
    written = wanted.make_so()
    _put_together(connection, total)
    return written


def _keep_rows(connection: Connection, rows: KeptRows, accounts: Sequence[int]) -> Mapping[int, Written]:
    wanted = Wanted(connection, Table(rows.name, key=rows.key, data=rows.data, texts=()), accounts, is_first=False)
    wanted.fill(rows.query)
    return wanted.make_so()


def _change(total: KeptTotal) -> str:
    """Add what the accounts' totals change of the sums over all accounts."""
    key, sums = ", ".join(total.key), ", ".join(total.sums)
    less = ", ".join(f"-{name}" for name in total.sums)
    added = ", ".join(f"sum({name})" for name in total.sums)
    differs = " or ".join(f"sum({name}) <> 0" for name in total.sums)
    return (
        f"insert into {total.name} (account_id, batch, {key}, {sums})"
        f" select {EVERY_ACCOUNT}, nextval('kept_batch'), {key}, {added} from ("
        f"select {key}, {sums} from wanted_{total.name} union all"
        f" select {key}, {less} from {total.name} where account_id = any(:accounts)"
        f") as changed group by {key} having {differs}"
    )


def _put_together(connection: Connection, total: KeptTotal) -> None:
    """Make one row of the many changes of a sum over all accounts, where there are many and nobody else does."""
    of_all = f"from {total.name} where account_id = {EVERY_ACCOUNT}"
    sums = f"(select count(*) from (select {of_all} group by {', '.join(total.key)}) as k)"
    many = text(
        f"select row_security_active('{total.name}') = false"
        f" and (select count(*) > {_MANY} {of_all})"
        f" and (select count(*) {of_all}) > 2 * {sums}"
        " and pg_try_advisory_xact_lock(:lock, :table)"
    )
    names = [each.name for each in KEPT_TOTALS]
    if not connection.execute(many, {"lock": LOCK, "table": names.index(total.name)}).scalar_one():
        return
    key, sums = ", ".join(total.key), ", ".join(f"sum({name})" for name in total.sums)
    differs = " or ".join(f"sum({name}) <> 0" for name in total.sums)
    connection.execute(
        text(
            f"with gone as (delete from {total.name} where account_id = {EVERY_ACCOUNT} returning *)"
            f" insert into {total.name} (account_id, batch, {key}, {', '.join(total.sums)})"
            f" select {EVERY_ACCOUNT}, nextval('kept_batch'), {key}, {sums} from gone group by {key} having {differs}"
        )
    )


def differing(connection: Connection, total: KeptTotal) -> int:
    """How many of the sums over all accounts are not what the accounts' own add up to."""
    key = ", ".join(total.key)
    signed = ", ".join(f"sum(case account_id when {EVERY_ACCOUNT} then {name} else -{name} end)" for name in total.sums)
    differs = " or ".join(f"sum_{name} <> 0" for name in total.sums)
    names = ", ".join(f"sum_{name}" for name in total.sums)
    query = (
        f"select count(*) from (select {key}, {signed} from {total.name} group by {key})"
        f" as summed ({key}, {names}) where {differs}"
    )
    return int(connection.execute(text(query)).scalar_one())


def keep_missing_totals(connection: Connection) -> None:
    """Keep all of which there is nothing at all for any account: a migration made its table after the rows."""
    accounts = list(connection.execute(text("select account_id from account")).scalars())
    for rows in KEPT_ROWS:
        if connection.execute(text(f"select not exists (select from {rows.name})")).scalar_one():
            _keep_rows(connection, rows, accounts)
    for total in KEPT_TOTALS:
        if connection.execute(text(f"select not exists (select from {total.name})")).scalar_one():
            _keep(connection, total, accounts)
    keep_outdated_reports(connection)


def tell_change(connection: Connection, accounts: Sequence[int]) -> None:
    """Let open pages know that the figures of the accounts have changed."""
    connection.execute(
        text(
            "insert into account_state (account_id, version) select unnest(cast(:accounts as int[])), 1"
            " on conflict (account_id) do update set version = account_state.version + 1"
        ),
        {"accounts": list(accounts)},
    )


def tell_synced(connection: Connection, account_id: int, run_id: int) -> None:
    """Let the account, and the report that it was about, be as fresh as this attempt to take a file in makes it."""
    connection.execute(
        text(
            """
            insert into account_state as s (account_id, synced_at, data_through, last_run)
            select account_id, case when status <> 'refused' then finished_at end, data_through, run_id
            from sync_run
            where account_id = :account_id and run_id = :run_id
            on conflict (account_id) do update set
                synced_at = greatest(s.synced_at, excluded.synced_at),
                data_through = greatest(s.data_through, excluded.data_through),
                last_run = greatest(s.last_run, excluded.last_run)
            """
        ),
        {"account_id": account_id, "run_id": run_id},
    )
    # after the account's row, which another attempt holds until its end: so all that went before are seen
    keep_report(connection, account_id, run_id)
