"""Refreshes the rollups of core.reporting.rollups from their rows."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, text

from core.database import locks
from core.database.merge import RowCounts, StagedRows, Table
from core.database.rollups.report_states import refresh_outdated_report_states, refresh_report_state
from core.reporting.rollups import DERIVED_ROWS, EVERY_ACCOUNT, ROLLUPS, DerivedRows, Rollup

_COMPACT_ABOVE = 1000
"""Compaction threshold: below this, a read takes about 1 ms anyway."""
_CHECK_EVERY = 8
"""Of an account's changes, every eighth checks the threshold, since counting takes longer than most changes."""


def refresh_rollups(
    connection: Connection, accounts: Sequence[int], found: Mapping[str, Mapping[int, RowCounts]] | None = None
) -> dict[str, Mapping[int, RowCounts]]:
    """Recompute the accounts' rollups and derived rows in the caller's transaction; row counts by table and account.

    Call it in each transaction that changes items, payments or cases, after the change. `found`: what
    `refresh_derived_rows` returned, where it was called before.
    """
    found = refresh_derived_rows(connection, accounts) if found is None else found
    sums = sums_with(connection, accounts)
    written = dict(found) | {total.name: refresh_rollup(connection, total, accounts, sums) for total in ROLLUPS}
    compact_in_turn(connection, accounts, sums)
    return written


def refresh_derived_rows(
    connection: Connection, accounts: Sequence[int], tables: Collection[str] | None = None
) -> dict[str, Mapping[int, RowCounts]]:
    """Recompute the rows that depend on the accounts' reports only, before detection: coverage, unknown words, and
    differences between approved and paid cash; or only some of these `tables`.
    """
    chosen = [rows for rows in DERIVED_ROWS if tables is None or rows.name in tables]
    return {rows.name: _keep_rows(connection, rows, accounts) for rows in chosen}


def sums_with(connection: Connection, accounts: Sequence[int]) -> dict[str, list[int]]:
    """The pairs of account and sum, as two parallel lists. They stay valid until the caller's transaction ends."""
    locks.hold_members(connection, alone=False)
    query = text("select account_id, sum_id from sums_with(cast(:accounts as int[]))")
    pairs = connection.execute(query, {"accounts": list(accounts)}).all()
    return {"members": [pair.account_id for pair in pairs], "sums": [pair.sum_id for pair in pairs]}


def refresh_rollup(
    connection: Connection, total: Rollup, accounts: Sequence[int], sums: Mapping[str, list[int]]
) -> Mapping[int, RowCounts]:
    """Recompute a rollup of some accounts from all their rows. `sums`: what `sums_with` returned for them."""
    table = Table(total.name, key=total.key, data=total.sums, texts=())
    staged = StagedRows(connection, table, accounts, is_first=False)
    staged.fill(total.query)
    connection.execute(text(_change(total)), {"accounts": list(accounts), **sums})
    return staged.merge()


def _keep_rows(connection: Connection, rows: DerivedRows, accounts: Sequence[int]) -> Mapping[int, RowCounts]:
    staged = StagedRows(connection, Table(rows.name, key=rows.key, data=rows.data, texts=()), accounts, is_first=False)
    staged.fill(rows.query)
    return staged.merge()


def _change(total: Rollup) -> str:
    """The statement that adds the change of the accounts' rollups to their sums."""
    key, sums = ", ".join(total.key), ", ".join(total.sums)
    less = ", ".join(f"-{name}" for name in total.sums)
    return (
        f"insert into {total.name} (account_id, batch, {key}, {sums})"
        f" select sum_id, nextval('kept_batch'), {key}, {total.added} from ("
        f"select account_id, {key}, {sums} from wanted_{total.name} union all"
        f" select account_id, {key}, {less} from {total.name} where account_id = any(:accounts)"
        ") as changed inner join unnest(cast(:members as int[]), cast(:sums as int[])) as of_sum (account_id, sum_id)"
        " using (account_id)"
        f" group by sum_id, {key} having {total.differs}"
    )


def compact_in_turn(connection: Connection, accounts: Sequence[int], sums: Mapping[str, list[int]]) -> None:
    """Compact the sums of accounts whose turn it is. `sums`: what `sums_with` returned for them."""
    if _is_to_check(connection, accounts):
        for total in ROLLUPS:
            compact(connection, total, sorted(set(sums["sums"])))


def _is_to_check(connection: Connection, accounts: Sequence[int]) -> bool:
    """Whether it is the turn of one of the accounts: each has its own, so that after a load of many accounts an eighth
    of them has checked. The role of an import may not read sums.
    """
    query = text("""
        select not row_security_active('item_total') and exists (
            select 1
            from unnest(cast(:accounts as int[])) as a (account_id)
            left join account_state as s on s.account_id = a.account_id
            where (a.account_id + coalesce(s.version, 0)) % :every = 0
        )
    """)
    return bool(connection.execute(query, {"accounts": list(accounts), "every": _CHECK_EVERY}).scalar_one())


def compact(connection: Connection, total: Rollup, sums: Sequence[int]) -> None:
    """Compact sums with many change rows into one row per key, unless another process does."""
    key, added = ", ".join(total.key), total.added
    many = text(
        f"with long as (select account_id from {total.name} where account_id = any(:sums)"
        f" group by account_id having count(*) > {_COMPACT_ABOVE})"
        f" select account_id from (select account_id, count(*) as changes from {total.name}"
        f" where account_id in (select account_id from long) group by account_id, {key}) as k"
        " group by account_id having sum(changes) > 2 * count(*)"
    )
    found = list(connection.execute(many, {"sums": list(sums)}).scalars())
    if not found or not locks.try_to_compact(connection, total.name):
        return
    for each in found:
        # one sum at a time, so that on several machines each is compacted where it is stored
        connection.execute(
            text(
                f"with gone as (delete from {total.name} where account_id = :sum returning *)"
                f" insert into {total.name} (account_id, batch, {key}, {', '.join(total.sums)})"
                f" select :sum, nextval('kept_batch'), {key}, {added} from gone group by {key} having {total.differs}"
            ),
            {"sum": each},
        )


def differing(connection: Connection, total: Rollup) -> int:
    """The number of rows of the sums over accounts that differ from the accounts' own rollups."""
    key, sums = ", ".join(total.key), ", ".join(total.sums)
    less = ", ".join(f"-t.{name}" for name in total.sums)
    query = f"""
        select count(*)
        from (
            select account_id
            from (
                select account_id, {key}, {sums} from {total.name} where account_id <= {EVERY_ACCOUNT}
                union all
                select m.sum_id, {key}, {less}
                from {total.name} as t
                inner join sums_with(array(select distinct account_id from {total.name})) as m
                    on m.account_id = t.account_id
                where t.account_id > {EVERY_ACCOUNT}
            ) as both_sides
            group by account_id, {key}
            having {total.differs}
        ) as differing
    """
    return int(connection.execute(text(query)).scalar_one())


def rebuild_sums(connection: Connection) -> None:
    """Rebuild the sums over accounts from the accounts' rollups, whatever they were: a program without sums may have
    written the rollups.
    """
    locks.hold_members(connection, alone=True)
    for total in ROLLUPS:
        key, sums = ", ".join(total.key), ", ".join(total.sums)
        connection.execute(text(f"delete from {total.name} where account_id <= {EVERY_ACCOUNT}"))
        connection.execute(
            text(
                f"insert into {total.name} (account_id, batch, {key}, {sums})"
                f" select m.sum_id, nextval('kept_batch'), {key}, {total.added} from {total.name} as t"
                f" inner join sums_with(array(select distinct account_id from {total.name})) as m"
                " on m.account_id = t.account_id"
                f" where t.account_id > {EVERY_ACCOUNT} group by m.sum_id, {key} having {total.differs}"
            )
        )


def fill_empty_rollups(connection: Connection) -> None:
    """Fill every rollup and derived table that has no row at all: a migration created it after the rows."""
    accounts = list(connection.execute(text("select account_id from account")).scalars())
    for rows in DERIVED_ROWS:
        if connection.execute(text(f"select not exists (select from {rows.name})")).scalar_one():
            _keep_rows(connection, rows, accounts)
    missing = [
        total
        for total in ROLLUPS
        if connection.execute(text(f"select not exists (select from {total.name})")).scalar_one()
    ]
    sums = sums_with(connection, accounts) if missing else {}
    for total in missing:
        refresh_rollup(connection, total, accounts, sums)
    refresh_outdated_report_states(connection)


def bump_versions(connection: Connection, accounts: Sequence[int]) -> None:
    """Increment the accounts' data versions, so that open pages reload their figures."""
    connection.execute(
        text(
            "insert into account_state (account_id, version) select unnest(cast(:accounts as int[])), 1"
            " on conflict (account_id) do update set version = account_state.version + 1"
        ),
        {"accounts": list(accounts)},
    )


def record_sync(connection: Connection, account_id: int, run_id: int) -> None:
    """Update the freshness of the account and the report after an attempt. If the attempt took rows in, the account
    counts as undetected until a detection has seen them.
    """
    connection.execute(
        text(
            """
            insert into account_state as s (account_id, synced_at, data_through, last_run, taken)
            select
                account_id, case when status <> 'refused' then finished_at end, data_through, run_id,
                case when status = 'taken' then 1 else 0 end
            from sync_run
            where account_id = :account_id and run_id = :run_id
            on conflict (account_id) do update set
                synced_at = greatest(s.synced_at, excluded.synced_at),
                data_through = greatest(s.data_through, excluded.data_through),
                last_run = greatest(s.last_run, excluded.last_run),
                taken = s.taken + excluded.taken
            """
        ),
        {"account_id": account_id, "run_id": run_id},
    )
    # after the account's row, which concurrent attempts lock until they end: so all earlier attempts are visible
    refresh_report_state(connection, account_id, run_id)
