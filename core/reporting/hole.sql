-- one row per time in which a report has no rows though its rhythm asks for some; told from the rows' days alone
create view derived.hole with (security_invoker = true) as
with known (channel, report, label) as (
    values
    ('amazon', 'returns', 'customer returns report'),
    ('amazon', 'settlements', 'settlement report'),
    ('amazon', 'replacements', 'replacements report'),
    ('amazon', 'orders', 'orders report'),
    ('amazon', 'reimbursements', 'reimbursements report'),
    ('amazon', 'ledger', 'inventory ledger'),
    ('amazon', 'inbound', 'report of shipments to Amazon'),
    ('amazon', 'removals', 'removal shipments report'),
    ('amazon', 'removal_orders', 'removal orders report'),
    ('walmart', 'returns', 'returns report'),
    ('walmart', 'settlements', 'reconciliation report'),
    ('walmart', 'ledger', 'inventory log'),
    ('walmart', 'inbound', 'report of shipments to Walmart')
),

spaced as not materialized (
    select account_id, channel, report, day, sum(rows) as rows, lead(day) over each - day as distance
    from derived.report_day
    group by account_id, channel, report, day
    window each as (partition by account_id, channel, report order by day)
),

rhythm as not materialized (
    -- few rows tell no rhythm
    select
        account_id,
        channel,
        report,
        array_agg(day order by day) as days,
        case
            when sum(rows) < 8 then 120
            else greatest(14, 10 * coalesce(percentile_disc(0.5) within group (order by distance), 0))
        end::int as tolerance
    from spaced
    group by account_id, channel, report
),

stretch as (
    -- from each day with rows to the next; nothing before the first and nothing after the last. Every part is named once,
    -- so that a reader's account is the only one that is read
    select
        a.account_id,
        k.channel,
        k.report,
        k.label,
        r.tolerance,
        unnest(null::date || r.days) as last_before,
        unnest(r.days || null::date) as first_after
    from account as a
    cross join known as k
    left join rhythm as r on r.account_id = a.account_id and r.channel = k.channel and r.report = k.report
),

empty as (
    select
        account_id,
        channel,
        report,
        label,
        case
            when last_before is null then '-infinity'
            when first_after is null then last_before + tolerance + 1
            else last_before + 1
        end as hole_from,
        case
            when first_after is null then 'infinity'
            when last_before is null then first_after - tolerance - 1
            else first_after - 1
        end as hole_through
    from stretch
    where last_before is null or first_after is null or first_after - last_before > tolerance
)

select
    account_id,
    channel,
    report,
    label,
    hole_from,
    hole_through,
    'The ' || label || case
        when hole_from = '-infinity' and hole_through = 'infinity' then ' is not there'
        when hole_from = '-infinity' then ' has no rows before ' || hole_through + 1
        when hole_through = 'infinity' then ' has no rows after ' || hole_from - 1
        else ' has no rows from ' || hole_from || ' to ' || hole_through
    end as saying
from empty
