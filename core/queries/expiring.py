"""What Expiring asks: the money whose deadline runs, by account and by how soon it ends."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.rows import frame

MOST_ACCOUNTS = 15
"""How many accounts are asked for at once: those with most at risk. A search finds the others."""

_AT_RISK = text("""
    with bound as materialized (
        -- the last day of each bucket, by the marketplace's own today
        select
            m.marketplace,
            array_agg((m.today + cast(b.bound as interval))::date order by b.number) as days
        from derived.day as m
        cross join unnest(cast(:bounds as text[])) with ordinality as b (bound, number)
        group by m.marketplace
    ),

    cell as (
        select
            s.account_id,
            -- how many buckets end before the deadline
            width_bucket(s.deadline_on - 1, b.days) as bucket,
            sum(s.items)::bigint as items,
            sum(s.amount) as amount
        from derived.running_total as s
        inner join bound as b on b.marketplace = s.marketplace
        where
            s.account_id = any(:account_ids)
            and s.stage = any(:stages)
            and s.currency = :currency
            and s.deadline_on <= b.days[cardinality(b.days)]
        group by s.account_id, width_bucket(s.deadline_on - 1, b.days)
    ),

    ranked as (
        select c.account_id, a.name as account, sum(c.amount) as at_risk, count(*) over () as accounts
        from cell as c
        inner join account as a on a.account_id = c.account_id
        where :search = '' or strpos(lower(a.name), lower(:search)) > 0
        group by c.account_id, a.name
        order by at_risk desc, a.name, c.account_id
        limit :most
    )

    select r.account_id, r.account, r.at_risk, r.accounts, c.bucket, c.items, c.amount
    from ranked as r
    inner join cell as c on c.account_id = r.account_id
    union all
    select null, null, sum(sum(c.amount)) over (), count(*), c.bucket, sum(c.items), sum(c.amount)
    from cell as c
    group by c.bucket
""")

_CURRENCIES = text("""
    select s.currency
    from derived.running_total as s
    where
        s.account_id = any(:account_ids)
        and s.stage <> 'both'
        and s.deadline_on < 'infinity'
        and s.currency <> ''
    group by s.currency
    having sum(s.items) <> 0
    order by sum(s.items) desc, s.currency
""")


def currencies(connection: Connection, account_ids: Sequence[int]) -> list[str]:
    """The currencies of what has a deadline that runs, the one with most items first."""
    return list(connection.execute(_CURRENCIES, {"account_ids": list(account_ids)}).scalars())


def at_risk(
    connection: Connection,
    account_ids: Sequence[int],
    currency: str,
    stages: Sequence[str],
    bounds: Sequence[str],
    search: str,
) -> pd.DataFrame:
    """Items and money of one currency by account and bucket, of the accounts with most of it.

    `bounds` are PostgreSQL intervals from today, growing: where each bucket ends, that day included. `search` is part
    of an account's name. The rows without an account are the sums over all accounts; `accounts` in the others counts
    those that the search finds.
    """
    return frame(
        connection,
        _AT_RISK,
        {
            "account_ids": list(account_ids),
            "currency": currency,
            "stages": list(stages),
            "bounds": list(bounds),
            "search": search,
            "most": MOST_ACCOUNTS,
        },
    )
