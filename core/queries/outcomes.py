"""What the Outcomes page asks: which cases win, how long they take, how old the open ones are, who paid by itself."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.rows import frame

AGES = (7, 14, 30, 60, 90)
"""The last day of each bucket of age; what is older is one more."""


@dataclass(frozen=True)
class Which:
    """Which cases are meant; None leaves a condition out.

    Those that were decided between two days, both inclusive: on the day of the decision, else on that of the end.
    """

    marketplace: str | None = None
    category: str | None = None
    decided_from: date | None = None
    decided_to: date | None = None


_RATES = text("""
    with decided as (
        select
            c.*,
            c.origin = 'case_file' and c.status in ('fully_reimbursed', 'partially_reimbursed') as is_won,
            c.origin = 'case_file' and c.status = 'not_eligible' as is_lost
        from claim_case as c
        where
            c.account_id = any(:account_ids)
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
            and (
                cast(:decided_from as date) is null
                or (c.status <> 'open' and coalesce(c.decided_on, c.closed_on) >= :decided_from)
            )
            and (
                cast(:decided_to as date) is null
                or (c.status <> 'open' and coalesce(c.decided_on, c.closed_on) <= :decided_to)
            )
    ),

    priced as (
        select d.*, (d.is_won or d.is_lost) and d.claimed_amount is not null as is_priced
        from decided as d
    )

    select
        category,
        marketplace,
        currency,
        count(*) filter (where is_won) as won,
        count(*) filter (where is_lost) as lost,
        count(*) filter (where origin = 'case_file' and status = 'open') as open,
        count(*) filter (where origin = 'case_file' and status = 'closed') as closed,
        count(*) filter (where origin <> 'case_file') as elsewhere,
        count(*) filter (where is_priced) as priced,
        coalesce(sum(claimed_amount) filter (where is_priced), 0) as claimed,
        coalesce(sum(recovered_amount) filter (where is_priced), 0) as recovered,
        coalesce(sum(claimed_amount ^ 2) filter (where is_priced), 0) as claimed_squared,
        coalesce(sum(recovered_amount ^ 2) filter (where is_priced), 0) as recovered_squared,
        coalesce(sum(claimed_amount * recovered_amount) filter (where is_priced), 0) as product
    from priced
    group by category, marketplace, currency
    order by category, marketplace, currency
""")

_DURATIONS = text("""
    with dated as (
        select
            c.opened_on,
            c.stage,
            c.status,
            case when c.status <> 'open' then coalesce(c.decided_on, c.closed_on) end as resolved_on,
            derived.today(m.time_zone) as today
        from claim_case as c
        inner join marketplace as m on m.marketplace = c.marketplace
        where
            c.account_id = any(:account_ids)
            and c.origin = 'case_file'
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
    ),

    lasting as (
        select
            resolved_on is not null as is_resolved,
            case
                when resolved_on is not null then resolved_on - opened_on
                when status = 'open' or (status = 'partially_reimbursed' and stage = 'open') then today - opened_on
            end as days
        from dated
        where resolved_on is not null or opened_on <= today
    )

    select days, is_resolved, count(*) as cases
    from lasting
    group by days, is_resolved
    order by days, is_resolved
""")

_AGEING = text("""
    with aged as (
        select
            c.currency,
            c.claimed_amount,
            c.outcome,
            derived.today(m.time_zone) - c.opened_on as days
        from claim_case as c
        inner join marketplace as m on m.marketplace = c.marketplace
        where
            c.account_id = any(:account_ids)
            and c.status = 'open'
            and (cast(:marketplace as text) is null or c.marketplace = :marketplace)
            and (cast(:category as text) is null or c.category = :category)
    )

    select
        width_bucket(days, :ages_begin) as bucket,
        currency,
        count(*) as cases,
        count(*) filter (where outcome in ('approved', 'partially_approved')) as approved,
        coalesce(sum(claimed_amount), 0) as claimed
    from aged
    group by width_bucket(days, :ages_begin), currency
    order by bucket, currency
""")

_SOURCES = text("""
    with paid as (
        select p.channel, p.currency, sum(p.amount) as paid
        from derived.payment as p
        where p.account_id = any(:account_ids)
        group by p.channel, p.currency
    ),

    through as (
        select
            c.channel,
            c.currency,
            sum(c.recovered_amount) filter (where c.origin = 'case_file') as filed,
            sum(c.recovered_amount) filter (where c.origin <> 'case_file') as elsewhere
        from claim_case as c
        where c.account_id = any(:account_ids)
        group by c.channel, c.currency
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

    Won is fully or partially reimbursed, lost is not eligible. A case that is known only from payments that name it
    (`elsewhere`) is neither: had it been lost, nobody would know of it. `priced` cases are decided and say what they
    claimed.
    """
    return frame(connection, _RATES, _of(account_ids, which))


def durations(connection: Connection, account_ids: Sequence[int], which: Which) -> pd.DataFrame:
    """How many filed cases took so many days, or, not resolved, have taken so many up to today.

    A case is resolved on the day it was decided, else closed. `days` is None where that day is not known.
    """
    return frame(connection, _DURATIONS, _of(account_ids, which))


def ageing(connection: Connection, account_ids: Sequence[int], which: Which) -> pd.DataFrame:
    """Open cases by age and currency, and how many of them are approved and not paid.

    `bucket` counts AGES from 0; it is None for a case whose opening is not known.
    """
    begin = [age + 1 for age in AGES]
    return frame(connection, _AGEING, _of(account_ids, which) | {"ages_begin": begin})


def sources(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """What was paid, net of what was taken back, by channel and currency: through filed cases, through cases filed
    elsewhere, and the rest, which the marketplace paid by itself.
    """
    return frame(connection, _SOURCES, {"account_ids": list(account_ids)})


def _of(account_ids: Sequence[int], which: Which) -> dict[str, object]:
    return asdict(which) | {"account_ids": list(account_ids)}
