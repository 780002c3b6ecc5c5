-- one row per refund or replacement that made units of an order line due back, with their number. A refund of less than half the
-- price is goodwill and excluded; partial refunds are judged as one
with priced as (
    select
        r.*,
        s.units as units_sold,
        s.currency as sold_currency,
        s.is_of_currencies,
        s.last_charged_on,
        coalesce(l.unit_price, s.unit_price) as unit_price,
        l.order_line as own_line,
        l.unit_value as own_value,
        o.account_id is not null and l.order_line is null as is_of_unlike_lines,
        coalesce(w.meaning, c.meaning) as fault,
        coalesce(f.meaning, s.fulfilled_by) as fulfilled_by,
        -- how many units the refund is the price of: by the price as stated, and less discounts
        r.principal_left / nullif(coalesce(l.unit_price, s.unit_price), 0) as share,
        (r.principal - r.item_promotion) * r.principal_left / r.principal
        / nullif(coalesce(l.unit_net_price, s.unit_net_price), 0) as net_share
    from refunded as r
    left join sold as s
        on s.account_id = r.account_id and s.channel = r.channel and s.order_key = r.first_order and s.sku = r.sku
    left join sold_line as l
        on
            l.account_id = r.account_id
            and l.channel = r.channel
            and l.order_key = r.first_order
            and l.sku = r.sku
            and l.order_line = r.order_line
    left join (select distinct account_id, channel, order_key, sku from sold_line) as o
        on o.account_id = r.account_id and o.channel = r.channel and o.order_key = r.first_order and o.sku = r.sku
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
    -- refunds that net to nothing gave the customer nothing
    where r.kind in ('return', 'unknown', 'guarantee') and r.principal_left > 0 and r.principal - r.item_promotion > 0
),

counted as (
    select
        *,
        case when units is not null then least(units, units_sold) end as units_told,
        -- an amount within two hundredths of a whole number of units determines the number
        case
            when round(net_share) >= 1 and abs(net_share - round(net_share)) <= 0.02 then round(net_share)
            when round(share) >= 1 and abs(share - round(share)) <= 0.02 then round(share)
        end as units_whole
    from priced
    where fulfilled_by is distinct from 'seller'
),

parted as (
    select
        *,
        units_whole is null
        and net_share is not null
        and (units_told is null or net_share < 0.5 * units_told) as is_part
    from counted
),

together as (
    -- partial refunds on several days count on the day of the last one
    select
        *,
        is_part and count(*) filter (where is_part) over of_parts > 1 as is_in_parts,
        sum(net_share) filter (where is_part) over of_parts as share_of_parts,
        row_number() over (
            partition by account_id, channel, first_order, sku, own_line, is_part order by refunded_on desc, row_id desc
        ) as from_last
    from parted
    window of_parts as (partition by account_id, channel, first_order, sku, own_line)
),

judged_together as (
    select *, case when is_in_parts then share_of_parts else net_share end as refunded_share
    from together
    where not is_in_parts or from_last = 1
),

estimated as (
    -- the money limits the reported number, which may be the units of the whole order
    select
        *,
        greatest(
            case
                when is_in_parts then round(share_of_parts)
                else coalesce(least(units_whole, units_told), round(refunded_share), 1)
            end,
            1
        )::int as units_due
    from judged_together
),

only_sold as (
    -- where an order has a single SKU, the replacement is for that SKU, whatever goods are sent
    select account_id, channel, order_key, min(sku) as sku
    from sold
    where units > 0
    group by account_id, channel, order_key
    having count(*) = 1
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
        coalesce(own_line, '') as line,
        '' as asin,
        gtin,
        'refund' as cause,
        refunded_on as clock_on,
        refunded_on as noted_on,
        null::timestamptz as clock_at,
        fault,
        -- never more than the units sold, the earlier refunds' first
        least(units_due, units_sold - coalesce(sum(units_due) over earlier, 0))::int as units,
        -- a unit refunded in part is owed in part
        own_value,
        least(1, refunded_share / units_due) as worth,
        case
            when kind = 'unknown' then 'refund_kind_unknown'
            when kind = 'guarantee' then 'guarantee_decided'
            when fulfilled_by is null then 'fulfilment_unknown'
            when unit_price is null then 'sale_unknown'
            when is_of_currencies or currency <> sold_currency then 'currencies_differ'
            when last_charged_on > refunded_on then 'charged_again'
            when is_in_parts then 'refunded_in_parts'
            when is_of_unlike_lines then 'refund_units_unknown'
            when units_sold > 1 and units_whole is null and units_told is null then 'refund_units_unknown'
            else ''
        end as doubt,
        row_id,
        row_ids
    from estimated
    where refunded_share is null or units_whole is not null or refunded_share >= 0.5 * units_due
    window earlier as (
        partition by account_id, channel, first_order, sku order by refunded_on, row_id
        rows between unbounded preceding and 1 preceding
    )
    union all
    select
        r.account_id, r.channel, r.marketplace, '', coalesce(o.order_key, r.order_id), r.order_id,
        case when s.sku is null then coalesce(u.sku, r.sku) else r.sku end,
        '', case when s.sku is null and u.sku is not null then '' else r.asin end, '',
        'replacement', r.shipped_on, r.noted_on, r.shipped_at, null, r.units, null, 1,
        case when s.sku is null and u.sku is null and n.order_key is not null then 'other_goods_back' else '' end,
        r.row_id, r.row_ids
    from derived.sent_again as r
    left join derived.replaced_order as o
        on o.account_id = r.account_id and o.channel = r.channel and o.order_id = r.order_id
    left join sold as s
        on
            s.account_id = r.account_id
            and s.channel = r.channel
            and s.order_key = coalesce(o.order_key, r.order_id)
            and s.sku = r.sku
            and s.units > 0
    left join only_sold as u
        on u.account_id = r.account_id and u.channel = r.channel and u.order_key = coalesce(o.order_key, r.order_id)
    left join (select distinct account_id, channel, order_key from sold where units > 0) as n
        on n.account_id = r.account_id and n.channel = r.channel and n.order_key = coalesce(o.order_key, r.order_id)
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
    d.line,
    d.asin,
    coalesce(nullif(d.gtin, ''), s.gtin, '') as gtin,
    d.cause,
    -- a report without a marketplace was dated in the channel's time zone
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
    coalesce(d.own_value, s.unit_value) * coalesce(d.worth, 1) as unit_value,
    d.doubt,
    d.row_id,
    d.row_ids || s.row_id as row_ids
from due as d
left join sold as s
    on s.account_id = d.account_id and s.channel = d.channel and s.order_key = d.order_key and s.sku = d.sku
left join marketplace as m on m.marketplace = d.marketplace and m.country <> ''
left join marketplace as l on l.marketplace = coalesce(m.marketplace, s.marketplace, d.marketplace)
where d.units > 0 and coalesce(s.fulfilled_by, '') <> 'seller'
