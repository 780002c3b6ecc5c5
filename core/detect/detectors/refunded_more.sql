-- one row per order line refunded more than it was charged: principal against principal, by the stated price and by the price less
-- discounts. An excess equal to tax or shipping that was charged and not refunded under its own name is none: it was refunded as
-- principal
with compared as (
    select
        r.account_id, r.channel, r.first_order, r.sku, r.currency, r.refunded_on, r.row_id, r.row_ids,
        r.order_id, s.gtin, s.charged_on, s.fulfilled_by, s.is_charged_whole, s.row_id as sale_row_id,
        s.is_of_currencies,
        r.kind,
        coalesce(s.marketplace, r.marketplace) as marketplace,
        -- more than a rounding difference
        greatest(0.05, s.principal * 0.002) as tolerance,
        least(
            sum(r.principal) over so_far - s.principal,
            sum(r.principal - r.item_promotion) over so_far - s.net_principal
        ) as excess,
        s.tax - sum(r.tax) over so_far as tax_left,
        s.shipping - sum(r.shipping + r.gift_wrap) over so_far as shipping_left
    from refunded as r
    inner join sold as s
        on
            s.account_id = r.account_id
            and s.channel = r.channel
            and s.order_key = r.first_order
            and s.sku = r.sku
            and s.currency = r.currency
            and s.fulfilled_by is distinct from 'seller'
    where r.account_id = :account_id and r.kind in ('return', 'guarantee') and s.principal > 0
    window so_far as (
        partition by r.account_id, r.channel, r.first_order, r.sku, r.currency order by r.refunded_on, r.row_id
        rows between unbounded preceding and current row
    )
),

exceeding as (
    select
        *,
        excess > tolerance
        and not (
            abs(excess - tax_left) <= tolerance
            or abs(excess - shipping_left) <= tolerance
            or abs(excess - tax_left - shipping_left) <= tolerance
        ) as is_more
    from compared
),

more as (
    select
        account_id, channel, first_order, sku, currency,
        min(marketplace) as marketplace,
        min(order_id) as order_id,
        min(gtin) as gtin,
        min(charged_on) as charged_on,
        min(fulfilled_by) as fulfilled_by,
        bool_and(is_charged_whole) as is_charged_whole,
        bool_or(kind = 'guarantee') as is_of_guarantee,
        bool_or(is_of_currencies) as is_of_currencies,
        min(refunded_on) filter (where is_more) as first_on,
        max(refunded_on) as last_on,
        (array_agg(excess order by refunded_on desc, row_id desc))[1] as excess,
        min(row_id::text) filter (where is_more)::uuid as row_id,
        array_agg(distinct row_id) || min(sale_row_id::text)::uuid as made_by
    from exceeding
    group by account_id, channel, first_order, sku, currency
    having (array_agg(is_more order by refunded_on desc, row_id desc))[1]
),

unseen as (
    -- a part of the order may have been charged in a gap of the settlements: parts are sent within a month
    select m.first_order, m.sku, m.currency, m.channel, min(h.gap) as gap
    from more as m
    inner join marketplace as p on p.marketplace = m.marketplace
    inner join hole as h
        on
            h.account_id = m.account_id
            and h.channel = m.channel
            and h.report = 'settlements'
            and h.region = p.region
            and h.currency = m.currency
            and h.hole_from <= m.last_on
            and h.hole_through >= m.charged_on - 30
    group by m.first_order, m.sku, m.currency, m.channel
)

select
    m.account_id,
    concat_ws(e'\x1f', m.channel, m.first_order, m.sku, m.currency) as item_key,
    m.row_id,
    m.made_by,
    m.channel,
    m.marketplace,
    m.currency,
    m.first_on as event_on,
    m.sku,
    m.gtin,
    m.order_id,
    m.excess as unit_value,
    case
        when m.is_of_guarantee then 'refunded_twice'
        when m.fulfilled_by is null then 'fulfilment_unknown'
        when m.is_of_currencies then 'currencies_differ'
        when not m.is_charged_whole then 'charge_incomplete'
        when m.is_charged_whole is null and u.gap is not null then 'charges_not_covered' || e'\x1f' || u.gap
        else ''
    end as doubt
from more as m
left join unseen as u
    on u.first_order = m.first_order and u.sku = m.sku and u.currency = m.currency and u.channel = m.channel
