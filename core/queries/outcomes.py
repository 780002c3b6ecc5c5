"""Queries of the Outcomes page: which cases win, how long they take, how old open ones are, who paid without one.

All of them read rollups, never cases.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.rows import frame

AGES = (7, 14, 30, 60, 90)
"""Last day of each age bucket; older cases have one more bucket."""


@dataclass(frozen=True)
class Which:
    """Filter of cases; None leaves a condition out.

    The two days, both inclusive, limit the day of the decision, or of the closing for a case without a decision day.
    """

    marketplace: str | None = None
    category: str | None = None
    decided_from: date | None = None
    decided_to: date | None = None


_DECIDED = """
    from derived.spans(:decided_from, :decided_to) as s
    -- offset 0 plans one index scan per span, instead of a scan of all spans
    cross join lateral (
        select *
        from outcome_total as o
        where
            o.account_id = any(:account_ids)
            and o.span = s.span
            and o.begins_on between s.first_on and s.last_on
            and (cast(:marketplace as text) is null or o.marketplace = :marketplace)
            and (cast(:category as text) is null or o.category = :category)
        offset 0
    ) as t
"""
"""The rollup of the cases decided in a period, as `t`."""

_RATES = text(f"""
    -- added up before they are sorted: else every row is, by words
    with summed as materialized (
        select
            t.category,
            t.marketplace,
            t.currency,
            sum(t.won)::bigint as won,
            sum(t.lost)::bigint as lost,
            sum(t.open)::bigint as open,
            sum(t.closed)::bigint as closed,
            sum(t.elsewhere)::bigint as elsewhere,
            sum(t.priced)::bigint as priced,
            sum(t.claimed) as claimed,
            sum(t.recovered) as recovered,
            sum(t.claimed_squared) as claimed_squared,
            sum(t.recovered_squared) as recovered_squared,
            sum(t.product) as product
        {_DECIDED}
        group by t.category, t.marketplace, t.currency
        having sum(t.won + t.lost + t.open + t.closed + t.elsewhere) <> 0
    )

    select * from summed order by category, marketplace, currency
""")

_BY_MONTH = text(f"""
    select
        date_trunc('month', t.begins_on)::date as month,
        sum(t.won)::bigint as won,
        sum(t.lost)::bigint as lost
    {_DECIDED}
    where s.span <> 'all'
    group by 1
    having sum(t.won + t.lost) <> 0
    order by 1
""")

# sums by day first, so that few rows need a look-up of the marketplace's today
_DURATIONS = text("""
    with known as (
        select part, opened_on, days, marketplace, sum(cases) as cases
        from case_age_total
        where
            account_id = any(:account_ids)
            and part <> 'elsewhere'
            and (cast(:marketplace as text) is null or marketplace = :marketplace)
            and (cast(:category as text) is null or category = :category)
        group by part, opened_on, days, marketplace
    )

    select
        case
            when k.part = 'resolved' then k.days
            when k.part in ('open', 'paid_in_part') then m.today - k.opened_on
        end as days,
        k.part in ('resolved', 'undated') as is_resolved,
        sum(k.cases)::bigint as cases
    from known as k
    inner join derived.day as m on m.marketplace = k.marketplace
    where k.opened_on <= m.today
    group by 1, 2
    having sum(k.cases) <> 0
    order by 1, 2
""")

_AGEING = text("""
    with known as (
        select opened_on, marketplace, currency, sum(cases) as cases, sum(approved) as approved, sum(claimed) as claimed
        from case_age_total
        where
            account_id = any(:account_ids)
            and part in ('open', 'elsewhere')
            and (cast(:marketplace as text) is null or marketplace = :marketplace)
            and (cast(:category as text) is null or category = :category)
        group by opened_on, marketplace, currency
    )

    select
        case when k.opened_on < 'infinity' then width_bucket(m.today - k.opened_on, :ages_begin) end as bucket,
        k.currency,
        sum(k.cases)::bigint as cases,
        sum(k.approved)::bigint as approved,
        sum(k.claimed) as claimed
    from known as k
    inner join derived.day as m on m.marketplace = k.marketplace
    group by 1, 2
    having sum(k.cases) <> 0
    order by 1, 2
""")

_SOURCES = text("""
    with paid as (
        select channel, currency, sum(recovered + reversed) as paid
        from payment_total
        where account_id = any(:account_ids)
        group by channel, currency
        having sum(payments) <> 0
    ),

    through as (
        select
            channel,
            currency,
            coalesce(sum(recovered) filter (where origin = 'case_file'), 0) as filed,
            coalesce(sum(recovered) filter (where origin <> 'case_file'), 0) as elsewhere
        from case_total
        where account_id = any(:account_ids)
        group by channel, currency
    )

    select
        p.channel,
        p.currency,
        p.paid,
        coalesce(t.filed, 0) as filed,
        coalesce(t.elsewhere, 0) as elsewhere,
        p.paid - coalesce(t.filed, 0) - coalesce(t.elsewhere, 0) as automatic
    from paid as p
    left join through as t on t.channel = p.channel and t.currency = p.currency
    order by p.channel, p.currency
""")


def rates(connection: Connection, account_ids: Sequence[int], which: Which) -> pd.DataFrame:
    """Cases by category, marketplace and currency: won, lost and undecided, and sums of the decided ones' money.

    Won is fully or partially reimbursed, lost is not eligible. A case known only from payments that name it
    (`elsewhere`) is neither: a lost one would be unknown. `priced` cases are decided and state their claim.
    """
    return frame(connection, _RATES, _of(account_ids, which))


def by_month(connection: Connection, account_ids: Sequence[int], which: Which) -> pd.DataFrame:
    """Won and lost cases of the chosen days, by month of the decision. Empty if no days are chosen."""
    return frame(connection, _BY_MONTH, _of(account_ids, which))


def durations(connection: Connection, account_ids: Sequence[int], which: Which) -> pd.DataFrame:
    """Number of filed cases by duration in days: until they were resolved, or until today if they are not.

    A case is resolved on the day of its decision, else of its closing. `days` is None if that day is unknown.
    """
    return frame(connection, _DURATIONS, _of(account_ids, which))


def ageing(connection: Connection, account_ids: Sequence[int], which: Which) -> pd.DataFrame:
    """Open cases by age and currency, and how many of them are approved but not paid.

    `bucket` numbers the buckets of AGES from 0; it is None for a case with an unknown opening day.
    """
    begin = [age + 1 for age in AGES]
    return frame(connection, _AGEING, _of(account_ids, which) | {"ages_begin": begin})


def sources(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """Payments net of reversals, by channel and currency: through filed cases, through cases filed elsewhere, and the
    rest, which the marketplace paid without a case.
    """
    return frame(connection, _SOURCES, {"account_ids": list(account_ids)})


def _of(account_ids: Sequence[int], which: Which) -> dict[str, object]:
    return asdict(which) | {"account_ids": list(account_ids)}
