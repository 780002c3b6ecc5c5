-- one row per amount approved and not paid in cash, or paid and not approved, in the synced reports
create view derived.unmatched_cash with (security_invoker = true) as
with combined as (
    -- Amazon adds up the approvals of a day: compare a day's sums for the same goods and kind of reason first
    select
        m.*,
        coalesce(nullif(m.sku, ''), m.order_id) as goods,
        sum(case m.side when 'paid' then -m.amount else m.amount end) over same_day = 0
        and count(*) filter (where m.side = 'paid') over same_day between 1 and count(*) over same_day - 1 as is_matched
    from derived.cash_movement as m
    window same_day as (partition by m.account_id, m.currency, m.category_group, m.sku, m.order_id, m.moved_on)
),

spaced as (
    select
        c.*,
        c.moved_on - lag(c.moved_on) over in_time > derived.days_to_cash() as is_apart
    from combined as c
    where not c.is_matched
    window in_time as (partition by c.account_id, c.currency, c.goods, c.amount order by c.moved_on, c.row_id)
),

near as (
    -- equal amounts for the same goods, close enough in time to match
    select
        s.*,
        count(*) filter (where s.is_apart) over (
            partition by s.account_id, s.currency, s.goods, s.amount order by s.moved_on, s.row_id
        ) as cluster
    from spaced as s
),

counted as (
    select
        n.*,
        row_number() over (
            partition by n.account_id, n.currency, n.goods, n.amount, n.cluster, n.category_group, n.side
            order by n.moved_on, n.row_id
        ) <= least(
            count(*) filter (where n.side = 'paid') over alike, count(*) filter (where n.side = 'approved') over alike
        ) as has_its_like,
        count(*) filter (where n.side = 'paid') over together as paid,
        count(*) filter (where n.side = 'approved') over together as approved
    from near as n
    window
        alike as (partition by n.account_id, n.currency, n.goods, n.amount, n.cluster, n.category_group),
        together as (partition by n.account_id, n.currency, n.goods, n.amount, n.cluster)
),

numbered as (
    -- the same kind of reason matches first; then the earliest
    select
        c.*,
        row_number() over (
            partition by c.account_id, c.currency, c.goods, c.amount, c.cluster, c.side
            order by c.has_its_like desc, c.moved_on, c.row_id
        ) as number
    from counted as c
)

select
    account_id,
    row_id,
    side,
    marketplace,
    moved_on,
    reason,
    sku,
    order_id,
    amount,
    currency,
    document,
    file_id,
    line
from numbered
where number > least(paid, approved)
