-- one row per refund or replacement with units not returned, with its reasons for Review
with missing as (
    select
        u.*,
        m.region,
        u.noted_on + coalesce(o.opens_after_days, 0) as opens_on,
        u.noted_on + o.closes_after_days as closes_on,
        t.newest_on
    from returned as u
    inner join marketplace as m on m.marketplace = u.marketplace
    left join derived.opening as o
        on
            o.account_id = :account_id
            and o.category = u.category
            and o.marketplace = u.marketplace
            and u.noted_on >= coalesce(o.valid_from, u.noted_on)
            and u.noted_on <= coalesce(o.valid_to, u.noted_on)
    left join newest as t on t.account_id = u.account_id and t.channel = u.channel
    where u.category in ('return_lost', 'replacement_lost')
),

unseen as (
    -- the returns report is not covered where the goods could have come back
    select m.account_id, m.channel, m.category, m.order_key, m.sku, m.line, m.noted_on, min(h.gap) as gap
    from missing as m
    inner join hole as h
        on
            h.account_id = m.account_id
            and h.channel = m.channel
            and h.report = 'returns'
            and h.region = m.region
            and h.hole_from <= least(m.opens_on, m.newest_on)
            and h.hole_through >= m.noted_on
    group by m.account_id, m.channel, m.category, m.order_key, m.sku, m.line, m.noted_on
),

came as (
    select account_id, channel, order_key, sku, sum(units) as units
    from derived.unit_back
    where account_id = :account_id and not is_kept
    group by account_id, channel, order_key, sku
),

was_due as (
    select account_id, channel, order_key, sku, sum(units) as units
    from due
    where account_id = :account_id
    group by account_id, channel, order_key, sku
),

over as (
    -- units returned under the order beyond those due back, and whether their product was sold under the order
    select c.account_id, c.channel, c.order_key, c.sku, s.sku is not null as is_of_order
    from came as c
    left join was_due as d
        on d.account_id = c.account_id and d.channel = c.channel and d.order_key = c.order_key and d.sku = c.sku
    left join sold as s
        on s.account_id = c.account_id and s.channel = c.channel and s.order_key = c.order_key and s.sku = c.sku
    where c.units > coalesce(d.units, 0)
),

other_back as (
    select m.account_id, m.channel, m.order_key, m.sku, bool_and(o.is_of_order) as is_of_order
    from (select distinct account_id, channel, order_key, sku from missing) as m
    inner join over as o
        on o.account_id = m.account_id and o.channel = m.channel and o.order_key = m.order_key and o.sku <> m.sku
    group by m.account_id, m.channel, m.order_key, m.sku
),

awaited as (
    select
        account_id,
        'walmart' as channel,
        order_id as order_key,
        sku,
        max(return_by_on) as until,
        bool_or(
            derived.fold(status) = 'completed'
            and derived.fold(delivery_status) = ''
            and derived.fold(tracking_events) = ''
        ) as is_untold
    from return_order_line
    where account_id = :account_id
    group by account_id, order_id, sku
)

select
    m.*,
    case
        when m.doubt <> '' then m.doubt
        when m.channel = 'walmart' and m.cause = 'refund' and m.fault is null then 'fault_unknown'
        when g.order_key is not null then case when g.is_of_order then 'sibling_back' else 'other_goods_back' end
        when u.gap is not null then 'returns_not_covered' || e'\x1f' || u.gap
        when w.is_untold then 'return_arrival_unknown'
        when m.fault is distinct from 'not_delivered' and w.until >= m.closes_on
            then concat_ws(e'\x1f', 'may_still_come_back', w.until)
        else ''
    end as reason,
    -- nothing is lost while the customer can still return it; without a clock, the day only places the event
    case
        when m.clock_on is null or m.fault = 'not_delivered' then m.noted_on
        else greatest(m.noted_on, w.until + 1)
    end as known_on
from missing as m
left join unseen as u
    on
        u.account_id = m.account_id
        and u.channel = m.channel
        and u.category = m.category
        and u.order_key = m.order_key
        and u.sku = m.sku
        and u.line = m.line
        and u.noted_on = m.noted_on
left join other_back as g
    on g.account_id = m.account_id and g.channel = m.channel and g.order_key = m.order_key and g.sku = m.sku
left join awaited as w
    on w.account_id = m.account_id and w.channel = m.channel and w.order_key = m.order_key and w.sku = m.sku
