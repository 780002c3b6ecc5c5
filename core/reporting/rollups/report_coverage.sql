-- one row per account, report, region and, for settlements, currency: the covered spans of days from all sources, merged and in
-- order, with their sources. Computed from coverage, which is refreshed before
with asked as (
    select
        a.account_id,
        f.channel,
        f.kind,
        m.region,
        case when f.is_of_periods then m.currency else '' end as currency,
        (array_agg(f.format order by f.sort_order))[1] as format
    from account_marketplace as a
    inner join marketplace as m on m.marketplace = a.marketplace
    inner join covered_format as f on f.channel = m.channel
    where a.account_id = any(:accounts)
    group by a.account_id, f.channel, f.kind, m.region, case when f.is_of_periods then m.currency else '' end
),

known as (
    select
        q.account_id,
        q.format,
        q.region,
        q.currency,
        c.known_by,
        daterange(c.covered_from, c.covered_through, '[]') as days
    from asked as q
    inner join covered_format as f on f.channel = q.channel and f.kind = q.kind
    inner join coverage as c
        on
            c.account_id = q.account_id
            and c.format = f.format
            and c.region = q.region
            and c.currency in ('', q.currency)
),

span as (
    select account_id, format, region, currency, unnest(range_agg(days)) as days
    from known
    group by account_id, format, region, currency
),

told as (
    select s.*, string_agg(distinct k.known_by, ', ' order by k.known_by) as known_by
    from span as s
    inner join known as k
        on
            k.account_id = s.account_id
            and k.format = s.format
            and k.region = s.region
            and k.currency = s.currency
            and k.days && s.days
    group by s.account_id, s.format, s.region, s.currency, s.days
)

select
    account_id,
    format,
    region,
    currency,
    array_agg(lower(days) order by days) as covered_from,
    array_agg(upper(days) - 1 order by days) as covered_through,
    array_agg(known_by order by days) as known_by
from told
group by account_id, format, region, currency
