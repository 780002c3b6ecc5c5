-- one row per refund or replacement by which units of an order line were due back, with how many. A refund of less than half
-- the price is goodwill, and none
with priced as (
    select
        r.*,
        s.units as units_sold,
        s.unit_price,
        coalesce(w.meaning, c.meaning) as fault,
        coalesce(f.meaning, s.fulfilled_by) as fulfilled_by,
        -- how many units the refund is the price of: by the price as stated, and less discounts
        r.principal_left / nullif(s.unit_price, 0) as share,
        (r.principal - r.item_promotion) * r.principal_left / r.principal / nullif(s.unit_net_price, 0) as net_share
    from refunded as r
    left join sold as s
        on s.account_id = r.account_id and s.channel = r.channel and s.order_key = r.first_order and s.sku = r.sku
    left join derived.return_fault as c
        on
            c.account_id = :account_id
            and c.account_id = r.account_id
            and c.channel = r.channel
            and c.order_key = r.order_key
            and c.sku = r.sku
    left join report_word as w
        on w.channel = r.channel and w.subject = 'return_reason' and w.word = derived.fold(r.reason)
    left join report_word as f
        on f.channel = r.channel and f.subject = 'fulfilment' and f.word = derived.fold(r.fulfilment_type)
    where r.kind in ('return', 'unknown') and r.principal_left > 0
),

counted as (
    select
        *,
        least(units, units_sold) as units_told,
        -- the price of whole units, to two hundredths, says how many
        case
            when round(net_share) >= 1 and abs(net_share - round(net_share)) <= 0.02 then round(net_share)
            when round(share) >= 1 and abs(share - round(share)) <= 0.02 then round(share)
        end as units_whole
    from priced
    where fulfilled_by is distinct from 'seller'
),

estimated as (
    -- the money bounds what the report tells, which may be the units of the whole order
    select *, greatest(coalesce(least(units_whole, units_told), round(net_share), 1), 1)::int as units_due
    from counted
),

due as (
    select
        account_id,
        channel,
        marketplace,
        currency,
        first_order as order_key,
        order_id,
        sku,
        '' as asin,
        gtin,
        'refund' as cause,
        refunded_on as clock_on,
        refunded_on as noted_on,
        null::timestamptz as clock_at,
        fault,
        -- never more than were sold, the earlier refunds' first
        least(units_due, units_sold - coalesce(sum(units_due) over earlier, 0))::int as units,
        case
            when kind = 'unknown' then 'The report does not say what kind of refund it was.'
            when fulfilled_by is null then 'No report says that the marketplace fulfilled the order.'
            when unit_price is null
                then 'No report shows the sale, so whether the whole price was refunded is not known.'
            when units_sold > 1 and units_whole is null and units_told is null
                then 'The refund is not the price of whole units, so how many were refunded is not known.'
            else ''
        end as doubt,
        row_id,
        row_ids
    from estimated
    where net_share is null or units_whole is not null or net_share >= 0.5 * units_due
    window earlier as (
        partition by account_id, channel, first_order, sku order by refunded_on, row_id
        rows between unbounded preceding and 1 preceding
    )
    union all
    select
        r.account_id, r.channel, r.marketplace, '', coalesce(o.order_key, r.order_id), r.order_id, r.sku, r.asin, '',
        'replacement', r.shipped_on, r.noted_on, r.shipped_at, null, r.units, '', r.row_id, r.row_ids
    from derived.sent_again as r
    left join derived.replaced_order as o
        on o.account_id = r.account_id and o.channel = r.channel and o.order_id = r.order_id
    where r.account_id = :account_id
)

select
    d.account_id,
    d.channel,
    coalesce(m.marketplace, s.marketplace, d.marketplace) as marketplace,
    coalesce(nullif(d.currency, ''), s.currency, '') as currency,
    d.order_key,
    d.order_id,
    d.sku,
    d.asin,
    coalesce(nullif(d.gtin, ''), s.gtin, '') as gtin,
    d.cause,
    -- a report that names no marketplace was dated in the channel's own time zone
    case
        when m.marketplace is null and d.clock_at is not null then (d.clock_at at time zone l.time_zone)::date
        else d.clock_on
    end as clock_on,
    case
        when m.marketplace is null and d.clock_at is not null then (d.clock_at at time zone l.time_zone)::date
        else d.noted_on
    end as noted_on,
    d.fault,
    d.units,
    s.unit_value,
    d.doubt,
    d.row_id,
    d.row_ids || s.row_id as row_ids
from due as d
left join sold as s
    on s.account_id = d.account_id and s.channel = d.channel and s.order_key = d.order_key and s.sku = d.sku
left join marketplace as m on m.marketplace = d.marketplace and m.country <> ''
left join marketplace as l on l.marketplace = coalesce(m.marketplace, s.marketplace, d.marketplace)
where d.units > 0 and coalesce(s.fulfilled_by, '') <> 'seller'
