-- one row per account, report, region, currency and covered span of days: by the rhythm of its rows, by the periods that its
-- documents state, or because a user stated it.
--
-- A report is covered between two days with rows that lie no further apart than its rhythm allows, ten times their median distance
-- and at least 14 days; with few rows there is no rhythm, and 120 days are allowed. It is covered as long before its first row, and
-- after its last one up to the newest day of the account's data, unless a user stated its coverage
with spaced as (
    select
        r.account_id,
        r.format,
        r.region,
        r.day,
        r.rows,
        lead(r.day) over each - r.day as distance
    from derived.report_day as r
    inner join covered_format as f on f.format = r.format and not f.is_of_periods
    where r.account_id = any(:accounts) and r.region <> ''
    window each as (partition by r.account_id, r.format, r.region order by r.day)
),

rhythm as (
    select
        account_id,
        format,
        region,
        case
            when sum(rows) < 8 then 120
            else greatest(14, 10 * coalesce(percentile_disc(0.5) within group (order by distance), 0))
        end::int as tolerance
    from spaced
    group by account_id, format, region
),

stretch as (
    select
        s.account_id,
        s.format,
        s.region,
        s.day,
        r.tolerance,
        count(*) filter (where s.day - s.before > r.tolerance) over each as number,
        first_value(s.day) over each = s.day as is_first,
        s.distance is null as is_last
    from (select *, lag(day) over (partition by account_id, format, region order by day) as before from spaced) as s
    inner join rhythm as r on r.account_id = s.account_id and r.format = s.format and r.region = s.region
    window each as (partition by s.account_id, s.format, s.region order by s.day)
),

by_rows as (
    select
        t.account_id,
        t.format,
        t.region,
        min(t.day) - case when bool_or(t.is_first) then min(t.tolerance) else 0 end as covered_from,
        case
            when bool_or(t.is_last) and not exists (
                select 1
                from stated_coverage as c
                where c.account_id = t.account_id and c.format = t.format and c.region = t.region
            )
                then greatest(max(t.day), least(max(t.day) + min(t.tolerance), max(n.newest_on)))
            else max(t.day)
        end as covered_through
    from stretch as t
    left join (
        select account_id, max(newest_on) as newest_on from derived.data_through
        where account_id = any(:accounts)
        group by account_id
    ) as n on n.account_id = t.account_id
    group by t.account_id, t.format, t.region, t.number
),

document as (
    select
        account_id,
        case channel when 'amazon' then 'amazon_settlement_v2' else 'walmart_reconciliation' end as format,
        document,
        channel,
        currency,
        coalesce(min(period_start), min(posted_on)) as begins_on,
        coalesce(max(period_end), max(posted_on)) as ends_on
    from settlement_line
    where account_id = any(:accounts)
    group by account_id, channel, document, currency
    union all
    select
        account_id,
        'amazon_settlement_v1',
        document,
        'amazon',
        currency,
        coalesce(min(period_start), min(posted_on)),
        coalesce(max(period_end), max(posted_on))
    from settlement_v1_row
    where account_id = any(:accounts)
    group by account_id, document, currency
),

by_periods as (
    select
        d.account_id,
        d.format,
        r.region,
        d.currency,
        unnest(range_agg(daterange(d.begins_on, greatest(d.ends_on, d.begins_on), '[]'))) as days
    from document as d
    inner join derived.account_region as r
        on r.account_id = d.account_id and r.channel = d.channel and r.currency = d.currency
    group by d.account_id, d.format, r.region, d.currency
)

select account_id, format, region, '' as currency, 'rows' as known_by, covered_from, covered_through
from by_rows
union all
select account_id, format, region, currency, 'rows', lower(days), upper(days) - 1
from by_periods
union all
select account_id, format, region, '', 'stated', lower(days), upper(days) - 1
from (
    select account_id, format, region, unnest(range_agg(daterange(covered_from, covered_through, '[]'))) as days
    from stated_coverage
    where account_id = any(:accounts)
    group by account_id, format, region
) as stated
