"""Queries of the Data sync page: how fresh an account's reports are, what is missing, and what was refused and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.columns import Orders, behind, selected
from core.queries.paging import PAGE_SIZE, Position
from core.queries.rows import Question, frame
from core.vocabulary import REPORTS

ORDERS: Orders = {
    "issues": ("run_rank", "account_id", "line", "column_name"),
    "files": ("run_rank", "account_id"),
    "reports": ("trouble_rank", "account_name", "account_id", "place", "format"),
    "words": ("size_rank", "account_id", "report", "column_name", "word", "currency"),
}
"""Sort order of each list: the newest attempts first; reports with problems before those without; the words with the
most rows first.
"""


@dataclass(frozen=True)
class ChannelFreshness:
    """Freshness of one channel's reports: the last sync of the account synced longest ago, the earliest end of an
    account's data, and the next expected sync. None for each that is unknown.
    """

    synced_at: datetime | None
    data_through: date | None
    next_expected_on: date | None


_OF_REPORTS = """
    with known as (
        select * from unnest(cast(:formats as text[]), cast(:stale_after as int[]))
        with ordinality as known (format, stale_after, place)
    ),

    day as materialized (select derived.today('UTC') as today),

    -- days between two covered spans; what is not covered at an end is late, or before the report began
    gapped as (
        select distinct c.account_id, c.format
        from report_coverage as c
        where c.account_id = any(:account_ids) and cardinality(c.covered_from) > 1
    ),

    judged as (
        select
            r.*,
            k.place,
            d.today > r.next_expected_on as is_overdue,
            -- what happens now and then may be quiet for longer (core/reporting/rollups/report_state.sql)
            k.stale_after is not null
            and d.today - coalesce(r.data_through, r.last_synced_at::date)
            > greatest(k.stale_after, r.quiet_days) as is_stale,
            g.format is not null as has_gap
        from report_state as r
        inner join known as k on k.format = r.format
        cross join day as d
        left join gapped as g on g.account_id = r.account_id and g.format = r.format
        where r.account_id = any(:account_ids)
    )

    select {columns}
    from judged as r
    inner join account as a on a.account_id = r.account_id
"""

_OF_ISSUES = """
    select {columns}
    from row_issue as r
    inner join sync_run as s on s.account_id = r.account_id and s.run_id = r.run_id
    inner join account as a on a.account_id = r.account_id
    where r.account_id = any(:account_ids) and s.account_id = any(:account_ids)
"""

_OF_FILES = """
    select {columns}
    from sync_run as r
    inner join account as a on a.account_id = r.account_id
    where r.account_id = any(:account_ids) and r.status = 'refused'
"""

_OF_WORDS = """
    select {columns}
    from unknown_word as r
    inner join account as a on a.account_id = r.account_id
    where r.account_id = any(:account_ids)
"""

_LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "reports": (
        _OF_REPORTS,
        {
            "account_name": "lower(a.name)",
            "is_stale": "coalesce(r.is_stale, false)",
            "is_overdue": "coalesce(r.is_overdue, false)",
            "trouble_rank": """
                case
                    when r.has_gap then 1
                    when r.is_stale then 2
                    when r.is_overdue then 3
                    when r.rows_refused > 0 then 4
                    else 5
                end
            """,
        },
    ),
    "issues": (
        _OF_ISSUES,
        {
            "report": "coalesce(s.format, '')",
            "file": "s.file",
            "taken_at": "s.finished_at",
            "run_rank": "-s.run_id",
        },
    ),
    "files": (
        _OF_FILES,
        {"report": "coalesce(r.format, '')", "refused_at": "r.finished_at", "run_rank": "-r.run_id"},
    ),
    "words": (_OF_WORDS, {"report": "r.format", "size_rank": "-r.rows"}),
}
"""SQL of each list's rows and of its computed columns; the other columns come from its table."""

_WHOLE = "select * from ({rows}) as listed order by {key}"

_PAGE = """
    with listed as ({rows})

    select *, (select count(*) from listed) as total_rows
    from listed
    where {behind}
    order by {key}
    offset :skip limit :page
"""

_STATES = """
    with judged as ({reports}),

    told as (
        select
            account_id,
            coalesce(array_agg(format) filter (where last_synced_at is not null), '{{}}') as synced,
            coalesce(array_agg(format) filter (where has_gap), '{{}}') as gapped,
            coalesce(array_agg(format) filter (where is_stale or is_overdue), '{{}}') as late,
            coalesce(array_agg(format) filter (where rows_refused + files_refused > 0), '{{}}') as refused
        from judged
        group by account_id
    ),

    connected as (
        select am.account_id, array_agg(distinct m.channel) as channels
        from account_marketplace as am
        inner join marketplace as m on m.marketplace = am.marketplace
        where am.account_id = any(:account_ids)
        group by am.account_id
    )

    select
        a.account_id,
        a.name as account,
        coalesce(c.channels, '{{}}') as channels,
        coalesce(t.synced, '{{}}') as synced,
        coalesce(t.gapped, '{{}}') as gapped,
        coalesce(t.late, '{{}}') as late,
        coalesce(t.refused, '{{}}') as refused
    from account as a
    left join told as t on t.account_id = a.account_id
    left join connected as c on c.account_id = a.account_id
    where a.account_id = any(:account_ids)
"""

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


def listed(
    account_ids: Sequence[int], _: object, name: str, columns: Sequence[str], position: Position | None = None
) -> Question:
    """Query of the page at a position, where `total_rows` counts the rows of all pages; or of all rows without one."""
    rows, computed = _LISTS[name]
    selecting = selected((*ORDERS[name], *columns), {"account": "a.name", **computed}, "r")
    rows, key, values = rows.format(columns=selecting), ", ".join(ORDERS[name]), _values(account_ids)
    if position is None:
        return text(_WHOLE.format(rows=rows, key=key)), values
    after = dict(zip(ORDERS[name], position.after, strict=True)) if position.after else {}
    values |= {f"after_{each}": value for each, value in after.items()}
    query = _PAGE.format(rows=rows, behind=behind(after, after) if after else "true", key=key)
    return text(query), values | {"skip": position.skip, "page": PAGE_SIZE}


def states(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Report states by account: the codes of reports that were synced, have a gap, are late, or had something refused;
    and the connected channels.
    """
    return frame(connection, text(_STATES.format(reports=_OF_REPORTS.format(columns="r.*"))), _values(account_ids))


def missing(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Reports that connected marketplaces need and that were never synced: the number of accounts without each, and the
    first three account names.
    """
    needed = {code: each.channel.value for code, each in REPORTS.items() if each.is_needed and each.channel}
    values = {"account_ids": list(account_ids), "formats": list(needed), "channels": list(needed.values())}
    return frame(connection, _MISSING, values)


def channel_freshness(connection: Connection, account_ids: Sequence[int], channel: str) -> ChannelFreshness:
    """Freshness of a channel's reports."""
    formats = [code for code, each in REPORTS.items() if each.channel and each.channel.value == channel]
    found = connection.execute(_FRESHNESS, {"account_ids": list(account_ids), "formats": formats})
    return ChannelFreshness(**found.mappings().one())


def _values(account_ids: Sequence[int]) -> dict[str, object]:
    stale_after = [each.stale_after for each in REPORTS.values()]
    return {"account_ids": list(account_ids), "formats": list(REPORTS), "stale_after": stale_after}
