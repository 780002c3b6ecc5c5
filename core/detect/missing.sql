-- one row per refund or replacement of which units did not come back, with what makes that doubtful
with missing as (
    select
        u.*,
        u.noted_on + coalesce(o.opens_after_days, 0) as opens_on,
        u.noted_on + o.closes_after_days as closes_on,
        t.newest_on
    from returned as u
    left join derived.opening as o
        on
            o.account_id = :account_id
            and o.category = u.category
            and o.marketplace = u.marketplace
            and u.noted_on >= coalesce(o.valid_from, u.noted_on)
            and u.noted_on <= coalesce(o.valid_to, u.noted_on)
    left join derived.data_through as t on t.account_id = :account_id and t.channel = u.channel
    where u.category in ('return_lost', 'replacement_lost')
),

unseen as (
    -- the report of returns has a hole where the goods could have come back
    select m.account_id, m.channel, m.category, m.order_key, m.sku, m.noted_on, min(h.saying) as saying
    from missing as m
    inner join derived.hole as h
        on
            h.account_id = :account_id
            and h.channel = m.channel
            and h.report = 'returns'
            and h.hole_from <= least(m.opens_on, m.newest_on)
            and h.hole_through >= m.noted_on
    group by m.account_id, m.channel, m.category, m.order_key, m.sku, m.noted_on
),

other_goods as (
    -- what came back under the order and was not sold under it
    select distinct b.account_id, b.channel, b.order_key
    from derived.unit_back as b
    where b.account_id = :account_id and not exists (
        select 1 from sold as s
        where s.account_id = b.account_id and s.channel = b.channel and s.order_key = b.order_key and s.sku = b.sku
    )
),

awaited as (
    select account_id, 'walmart' as channel, order_id as order_key, sku, max(return_by_on) as until
    from return_order_line
    where account_id = :account_id
    group by account_id, order_id, sku
)

select
    m.*,
    case
        when m.doubt <> '' then m.doubt
        when m.channel = 'walmart' and m.cause = 'refund' and m.fault is null
            then 'No report says why the goods were returned, so whose fault it was is not known.'
        when g.order_key is not null then 'Other goods than those sold came back under the order.'
        when u.saying is not null then u.saying || ', so the goods may have come back unseen.'
        when m.fault is distinct from 'not_delivered' and w.until >= m.closes_on
            then 'The customer can send the goods back until ' || w.until || ', when it is too late to claim.'
        else ''
    end as reason,
    -- nothing is lost while the customer can still send it back; where no clock runs, the day only says when it happened
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
        and u.noted_on = m.noted_on
left join other_goods as g on g.account_id = m.account_id and g.channel = m.channel and g.order_key = m.order_key
left join awaited as w
    on w.account_id = m.account_id and w.channel = m.channel and w.order_key = m.order_key and w.sku = m.sku
