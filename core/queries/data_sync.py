"""What Data sync asks: how fresh each report of each account is, what is missing, and what was refused and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import CTE, Connection, bindparam, column, func, select, text

from core.exports import Kind, Table
from core.queries.paging import PAGE_SIZE, Position, cut
from core.queries.rows import frame
from core.vocabulary import REPORTS

ORDERS = {
    "issues": ("run_rank", "account_id", "line", "column_name"),
    "files": ("run_rank", "account_id"),
    "reports": ("trouble_rank", "account_name", "account_id", "place", "format"),
    "words": ("size_rank", "account_id", "report", "column_name", "word", "currency"),
}
"""What each list goes by: the newest attempts first; the reports with troubles before those without; the words under
which most stands before others.
"""

WRITTEN_ISSUES: dict[str, Kind] = {
    "account": "text",
    "report": "text",
    "file": "text",
    "taken_at": "date",
    "line": "number",
    "column_name": "text",
    "value": "text",
    "reason": "text",
}
"""The columns of the refused rows as a file."""

WRITTEN_WORDS: dict[str, Kind] = {
    "account": "text",
    "report": "text",
    "column_name": "text",
    "word": "text",
    "rows": "number",
    "units": "number",
    "amount": "amount",
    "currency": "text",
    "first_on": "date",
    "last_on": "date",
}
"""The columns of the unknown words as a file."""


@dataclass(frozen=True)
class ChannelFreshness:
    """How fresh the reports of one channel are: the account that was synced the longest ago, the data that end first,
    and the first sync that is expected. None for each that can not be told.
    """

    synced_at: datetime | None
    data_through: date | None
    next_expected_on: date | None


@dataclass(frozen=True)
class Troubles:
    """How many reports there are, counted by account, and how many have holes, are stale or overdue."""

    reports: int
    with_holes: int
    stale: int
    overdue: int


_OF_REPORTS = """
    account_id account account_name format place last_synced_at next_expected_on data_through holes files rows
    rows_refused is_stale is_overdue trouble_rank
"""
_OF_ISSUES = "account_id account report file taken_at line column_name value reason run_rank"
_OF_FILES = "account_id account report file refused_at message run_rank"
_OF_WORDS = "account_id account report column_name word rows units amount currency first_on last_on size_rank"

_REPORTS = (
    text("""
        with known as (
            select * from unnest(
                cast(:formats as text[]), cast(:stale_after as int[])
            ) with ordinality as known (format, stale_after, place)
        ),

        day as materialized (select derived.today('UTC') as today),

        judged as (
            select
                r.*,
                k.place,
                d.today > r.next_expected_on as is_overdue,
                -- what happens now and then may be quiet for longer (core/reporting/rollups/report_state.sql)
                k.stale_after is not null
                and d.today - coalesce(r.data_through, r.last_synced_at::date)
                > greatest(k.stale_after, r.quiet_days) as is_stale
            from report_state as r
            inner join known as k on k.format = r.format
            cross join day as d
            where r.account_id = any(:account_ids)
        )

        select
            j.account_id,
            a.name as account,
            lower(a.name) as account_name,
            j.format,
            j.place,
            j.last_synced_at,
            j.next_expected_on,
            j.data_through,
            j.holes,
            j.files,
            j.rows,
            j.rows_refused,
            coalesce(j.is_stale, false) as is_stale,
            coalesce(j.is_overdue, false) as is_overdue,
            case
                when cardinality(j.holes) > 0 then 1
                when j.is_stale then 2
                when j.is_overdue then 3
                when j.rows_refused > 0 then 4
                else 5
            end as trouble_rank
        from judged as j
        inner join account as a on a.account_id = j.account_id
    """)
    .bindparams(
        bindparam("formats", list(REPORTS)), bindparam("stale_after", [each.stale_after for each in REPORTS.values()])
    )
    .columns(*map(column, _OF_REPORTS.split()))
    .cte("report")
)

_MISSING = text("""
    with needed as (
        select * from unnest(cast(:formats as text[]), cast(:channels as text[]))
        with ordinality as needed (format, channel, place)
    ),

    connected as (
        select distinct am.account_id, m.channel
        from account_marketplace as am
        inner join marketplace as m on m.marketplace = am.marketplace
        where am.account_id = any(:account_ids)
    ),

    synced as (
        select s.account_id, s.format
        from report_state as s
        where s.account_id = any(:account_ids) and s.last_synced_at is not null
    )

    select
        n.format,
        count(*) as accounts,
        (array_agg(a.name order by lower(a.name), a.account_id))[1:3] as names
    from needed as n
    inner join connected as c on c.channel = n.channel
    inner join account as a on a.account_id = c.account_id
    left join synced as s on s.account_id = c.account_id and s.format = n.format
    where s.account_id is null
    group by n.format, n.place
    order by n.place
""")

_ISSUES = (
    text("""
        select
            i.account_id,
            a.name as account,
            coalesce(s.format, '') as report,
            s.file,
            s.finished_at as taken_at,
            i.line,
            i.column_name,
            i.value,
            i.reason,
            -s.run_id as run_rank
        from row_issue as i
        inner join sync_run as s on s.account_id = i.account_id and s.run_id = i.run_id
        inner join account as a on a.account_id = i.account_id
        where i.account_id = any(:account_ids) and s.account_id = any(:account_ids)
    """)
    .columns(*map(column, _OF_ISSUES.split()))
    .cte("issue")
)

_FILES = (
    text("""
        select
            s.account_id,
            a.name as account,
            coalesce(s.format, '') as report,
            s.file,
            s.finished_at as refused_at,
            s.message,
            -s.run_id as run_rank
        from sync_run as s
        inner join account as a on a.account_id = s.account_id
        where s.account_id = any(:account_ids) and s.status = 'refused'
    """)
    .columns(*map(column, _OF_FILES.split()))
    .cte("refused")
)

_WORDS = (
    text("""
        select
            w.account_id,
            a.name as account,
            w.format as report,
            w.column_name,
            w.word,
            w.rows,
            w.units,
            w.amount,
            w.currency,
            w.first_on,
            w.last_on,
            -w.rows as size_rank
        from unknown_word as w
        inner join account as a on a.account_id = w.account_id
        where w.account_id = any(:account_ids)
    """)
    .columns(*map(column, _OF_WORDS.split()))
    .cte("unknown")
)

_FRESHNESS = text("""
    with of_account as (
        select
            r.account_id,
            max(r.last_synced_at) as synced_at,
            max(r.data_through) as data_through,
            min(r.next_expected_on) as next_expected_on
        from report_state as r
        where r.account_id = any(:account_ids) and r.format = any(:formats)
        group by r.account_id
    )

    select
        min(synced_at) as synced_at,
        min(data_through) as data_through,
        min(next_expected_on) as next_expected_on
    from of_account
""")


def reports(connection: Connection, account_ids: Sequence[int], position: Position) -> pd.DataFrame:
    """One page of the reports that were synced, one row per account and report; `total_rows` counts all pages."""
    return _page(connection, account_ids, _REPORTS, "reports", position)


def troubles(connection: Connection, account_ids: Sequence[int]) -> Troubles:
    """How many reports there are, and how many of them are not as they should be."""
    of = _REPORTS.c
    query = select(
        func.count().label("reports"),
        func.count().filter(func.cardinality(of.holes) > 0).label("with_holes"),
        func.count().filter(of.is_stale).label("stale"),
        func.count().filter(of.is_overdue).label("overdue"),
    )
    return Troubles(**connection.execute(query, {"account_ids": list(account_ids)}).mappings().one())


def missing(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """The reports that connected marketplaces need and that were never synced: for how many accounts, and for which
    (the first three names).
    """
    needed = {code: each.channel.value for code, each in REPORTS.items() if each.is_needed and each.channel}
    values = {"account_ids": list(account_ids), "formats": list(needed), "channels": list(needed.values())}
    return frame(connection, _MISSING, values)


def issues(connection: Connection, account_ids: Sequence[int], position: Position) -> pd.DataFrame:
    """One page of the refused rows, newest attempt first; `total_rows` counts all pages."""
    return _page(connection, account_ids, _ISSUES, "issues", position)


def all_issues(account_ids: Sequence[int]) -> Table:
    """All refused rows, for a file."""
    query = select(_ISSUES).order_by(*(_ISSUES.c[name] for name in ORDERS["issues"]))
    return Table(query, {"account_ids": list(account_ids)}, WRITTEN_ISSUES)


def refused_files(connection: Connection, account_ids: Sequence[int], position: Position) -> pd.DataFrame:
    """One page of the files that were refused whole, newest first; `total_rows` counts all pages."""
    return _page(connection, account_ids, _FILES, "files", position)


def unknown_words(connection: Connection, account_ids: Sequence[int], position: Position) -> pd.DataFrame:
    """One page of the words that no registry knows, those with most rows first; `total_rows` counts all pages."""
    return _page(connection, account_ids, _WORDS, "words", position)


def all_unknown_words(account_ids: Sequence[int]) -> Table:
    """All of them, for a file."""
    query = select(_WORDS).order_by(*(_WORDS.c[name] for name in ORDERS["words"]))
    return Table(query, {"account_ids": list(account_ids)}, WRITTEN_WORDS)


def channel_freshness(connection: Connection, account_ids: Sequence[int], channel: str) -> ChannelFreshness:
    """How fresh the reports of a channel are."""
    formats = [code for code, each in REPORTS.items() if each.channel and each.channel.value == channel]
    found = connection.execute(_FRESHNESS, {"account_ids": list(account_ids), "formats": formats})
    return ChannelFreshness(**found.mappings().one())


def _page(
    connection: Connection, account_ids: Sequence[int], rows: CTE, order: str, position: Position
) -> pd.DataFrame:
    total = select(func.count()).select_from(rows).scalar_subquery().label("total_rows")
    query = cut(select(rows, total), [rows.c[name] for name in ORDERS[order]], position).limit(PAGE_SIZE)
    return frame(connection, query, {"account_ids": list(account_ids)})
