-- one row per gap of a report, region and, for settlements, currency: days that are not covered. Open ends are infinite; `gap` has
-- the parameters of the reasons for Review (core.vocabulary.review_reasons: GAP)
create view derived.hole with (security_invoker = true) as
with asked as (
    select
        a.account_id,
        f.channel,
        f.kind,
        m.region,
        case when f.is_of_periods then m.currency else '' end as currency,
        (array_agg(f.format order by f.sort_order))[1] as format,
        array_agg(distinct f.format) as formats
    from account_marketplace as a
    inner join marketplace as m on m.marketplace = a.marketplace
    inner join covered_format as f on f.channel = m.channel
    group by a.account_id, f.channel, f.kind, m.region, case when f.is_of_periods then m.currency else '' end
),

empty as (
    select
        q.account_id,
        q.channel,
        q.kind,
        q.region,
        q.currency,
        q.format,
        unnest(
            '{(,)}'::datemultirange
            - coalesce(
                range_agg(daterange(c.covered_from, c.covered_through, '[]')) filter (where c.account_id is not null),
                '{}'::datemultirange
            )
        ) as days
    from asked as q
    left join coverage as c
        on
            c.account_id = q.account_id
            and c.format = any(q.formats)
            and c.region = q.region
            and c.currency in ('', q.currency)
    group by q.account_id, q.channel, q.kind, q.region, q.currency, q.format
)

select
    account_id,
    channel,
    kind as report,
    region,
    currency,
    format,
    coalesce(lower(days), '-infinity') as hole_from,
    coalesce(upper(days) - 1, 'infinity') as hole_through,
    concat_ws(
        e'\x1f', format, region, coalesce(lower(days)::text, ''), coalesce((upper(days) - 1)::text, '')
    ) as gap
from empty
