"""Queries of the Expiring page: open money by account and deadline."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, TextClause, text

from core.queries.days import DAYS, FIRST_TODAY, LAST_TODAY
from core.queries.of_accounts import of_totals
from core.queries.rows import frame
from core.reporting.rollups import EVERY_ACCOUNT

MOST_ACCOUNTS = 20
"""Maximum accounts shown: those with the most at risk."""

_BEGINNING = """
    with bound as materialized (
        -- the last day of each bucket, by the marketplace's own today
        select
            m.marketplace,
            m.today,
            array_agg((m.today + cast(b.bound as interval))::date order by b.number) as days,
            max((m.today + cast(b.bound as interval))::date) as last_on
        from derived.day as m
        cross join unnest(cast(:bounds as text[])) with ordinality as b (bound, number)
        group by m.marketplace, m.today
    )
"""

_LATER = """
    deadline_total as d
    inner join bound as b on b.marketplace = d.marketplace
    where
        :later <> 0
        and d.account_id >= 0
        and d.part = 'sure'
        and d.currency = :currency
        -- the day in the last time zone on earth, so that an index finds what opens later
        and d.opens_on > {first_today}
        and d.opens_on > b.today
        and d.deadline_on between b.today and b.last_on
"""
"""Sure items that open after today, counted `:later` times: 1 adds them, -1 subtracts them from all sure items."""

_CELLS = """
    cell as (
        select
            account_id,
            bucket,
            sum(items)::bigint as items,
            sum(amount) as amount
        from (
            -- how many buckets end before the deadline
            select t.account_id, width_bucket(t.begins_on - 1, b.days) as bucket, t.items, t.amount
            from due_total as t
            -- + 0: an index is asked for the days on earth, once an account and not once a marketplace besides
            inner join bound as b on b.marketplace = t.marketplace and t.begins_on + 0 between b.today and b.last_on
            where
                t.account_id = any({shown})
                and t.span = 'day'
                and t.currency = :currency
                and t.part = any(:parts)
                -- from the day in the last time zone on earth to that in the first one
                and t.begins_on >= {first_today}
                and t.begins_on <= ({last_today} + cast(:last as interval))::date
            union all
            select d.account_id, width_bucket(d.deadline_on - 1, b.days), :later * d.items, :later * d.amount
            from {later} and d.account_id = any({shown})
        ) as due
        group by account_id, bucket
        having sum(items) <> 0
    )
"""

_OF_EACH = """
    of_account as (
        select account_id, sum(amount) as amount
        from (
            select t.account_id, t.items, t.amount
            from bound as b
            cross join lateral derived.spans(b.today, b.last_on) as s
            -- offset 0: an index is asked for each marketplace and span, and none is read through
            cross join lateral (
                select d.account_id, d.items, d.amount
                from due_total as d
                where
                    d.account_id > 0
                    and d.currency = :currency
                    and d.marketplace = b.marketplace
                    and d.span = s.span
                    and d.begins_on between s.first_on and s.last_on
                    and d.part = any(:parts)
                offset 0
            ) as t
            union all
            select d.account_id, :later * d.items, :later * d.amount
            from {later} and d.account_id > 0
        ) as known
        group by account_id
        having sum(items) <> 0
    )
"""

_RANKED = """
    ranked as materialized (
        select o.account_id, a.name as account, o.amount as at_risk, count(*) over () as accounts
        from of_account as o
        -- offset 0: they are read once, and not looked up one by one
        inner join (select account_id, name from account offset 0) as a on a.account_id = o.account_id
        where :search = '' or strpos(lower(a.name), lower(:search)) > 0
        order by o.amount desc, a.name, o.account_id
        limit :most
    )
"""

_ANSWER = """
    select r.account_id, r.account, r.at_risk, r.accounts, c.bucket, c.items, c.amount
    from ranked as r
    inner join cell as c on c.account_id = r.account_id
    union all
    select null, null, sum(sum(c.amount)) over (), null, c.bucket, sum(c.items)::bigint, sum(c.amount)
    from cell as c
    where {is_of_all}
    group by c.bucket
"""


def _at_risk_of(shown: str, is_of_all: str, *, by_spans: bool) -> TextClause:
    later = _LATER.format(first_today=FIRST_TODAY)
    cells = _CELLS.format(shown=shown, later=later, first_today=FIRST_TODAY, last_today=LAST_TODAY)
    of_account = "of_account as (select account_id, sum(amount) as amount from cell group by account_id)"
    steps = (_OF_EACH.format(later=later), _RANKED, cells) if by_spans else (cells, of_account, _RANKED)
    return text(f"{','.join((_BEGINNING, *steps))} {_ANSWER.format(is_of_all=is_of_all)}")


_AT_RISK = _at_risk_of(":account_ids", "true", by_spans=False)
_AT_RISK_OF_ALL = _at_risk_of(
    "array(select account_id from ranked) || :account_ids", "c.account_id = any(:account_ids)", by_spans=True
)
"""Query for EVERY_ACCOUNT: it ranks the accounts from a few rows each (spans of days), and reads only the shown ones
by day. The rows of EVERY_ACCOUNT itself are the total.
"""

_CURRENCIES = """
    select t.currency
    from due_total as t
    inner join day as m on m.marketplace = t.marketplace
    where
        {of_totals}
        and t.span = 'day'
        and t.begins_on >= {first_today}
        and t.begins_on >= m.today
        and t.currency <> ''
    group by t.currency
    having sum(t.items) <> 0
    order by sum(t.items) desc, t.currency
"""


def currencies(connection: Connection, account_ids: Sequence[int]) -> list[str]:
    """The currencies of items with a running deadline, the one with the most items first."""
    found = _CURRENCIES.format(of_totals=of_totals(account_ids, "t"), first_today=FIRST_TODAY)
    return list(connection.execute(text(f"with {DAYS} {found}"), {"account_ids": list(account_ids)}).scalars())


def at_risk(
    connection: Connection,
    account_ids: Sequence[int],
    currency: str,
    stages: Sequence[str],
    bounds: Sequence[str],
    search: str,
    most: int = MOST_ACCOUNTS,
) -> pd.DataFrame:
    """Items and money in one currency by account and bucket, for the `most` accounts with the most at risk.

    `bounds` are ascending PostgreSQL intervals from today, the end of each bucket (inclusive). `search` is part of an
    account's name. Rows without an account are the sums over all accounts; in the other rows, `accounts` counts the
    accounts that match the search.
    """
    ready, future = "ready" in stages, "future" in stages
    return frame(
        connection,
        _AT_RISK_OF_ALL if list(account_ids) == [EVERY_ACCOUNT] else _AT_RISK,
        {
            "account_ids": list(account_ids),
            "currency": currency,
            "parts": [part for part, is_meant in (("sure", ready), ("review", "review" in stages)) if is_meant],
            "later": future - ready,
            "bounds": list(bounds),
            "last": bounds[-1],
            "search": search,
            "most": most,
        },
    )
