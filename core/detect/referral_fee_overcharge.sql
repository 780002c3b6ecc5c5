-- one row per order line whose commission is above the rate that holds for the goods on that day
with walmart as (
    -- the published rate of the category; where it depends on the price, the one that the line itself states
    select
        c.*,
        coalesce(r.rate, c.commission_rate / case when c.commission_rate > 1 then 100 else 1 end) as rate
    from charged as c
    left join contract_rate as r on r.category = derived.fold(c.contract_category)
    where c.account_id = :account_id and c.channel = 'walmart' and (r.rate is not null or c.commission_rate > 0)
),

line as (
    -- Amazon: against the rate of a fee preview
    select
        account_id,
        'amazon' as channel,
        marketplace,
        currency,
        order_key,
        order_id,
        order_line,
        sku,
        fnsku,
        asin,
        '' as gtin,
        principal,
        commission,
        due,
        tolerance,
        commission_on as charged_on,
        commission_row_id as row_id,
        row_ids || preview_row_id as made_by,
        unit_price,
        previewed_price,
        is_flat,
        is_of_unknown_marketplace,
        is_contradicted,
        previewed_on
    from commission_due
    where account_id = :account_id and commission > due + tolerance
    union all
    -- Walmart: against the rate of the line's contract category; its clock is the settlement
    select
        s.account_id,
        s.channel,
        s.marketplace,
        s.currency,
        s.order_key,
        s.order_id,
        s.order_line,
        s.sku,
        '',
        '',
        s.gtin,
        s.principal,
        s.commission,
        round(s.principal * s.rate, 2),
        0.01 * greatest(s.units, 1),
        coalesce(c.period_end, s.commission_on),
        s.commission_row_id,
        s.row_ids,
        null,
        null,
        true,
        false,
        false,
        coalesce(c.period_end, s.commission_on)
    from walmart as s
    inner join settlement_line as c on c.account_id = s.account_id and c.row_id = s.commission_row_id
    where s.account_id = :account_id and s.commission > s.principal * s.rate + 0.01 * greatest(s.units, 1)
),

given_back as (
    -- a refund gives the commission back, and the part of it that was too much as well
    select account_id, channel, currency, order_key, sku, sum(commission_back) as amount, sum(principal) as principal
    from refunded
    where account_id = :account_id and commission_back > 0
    group by account_id, channel, currency, order_key, sku
),

crossed as (
    select l.account_id, l.row_id
    from line as l
    inner join detection_bound as t
        on
            t.bound like 'price_tier%'
            and t.marketplace = l.marketplace
            and t.value >= l.previewed_price
            and t.value < l.unit_price
    inner join detection_bound as r
        on r.bound = 'rising_rate' and r.marketplace = l.marketplace and l.due <= (r.value + 0.005) * l.principal
    group by l.account_id, l.row_id
)

select
    l.account_id,
    concat_ws(e'\x1f', l.channel, l.order_key, l.order_line, l.sku, l.currency) as item_key,
    l.row_id,
    l.made_by,
    array[]::uuid[] as reduced_by,
    l.channel,
    l.marketplace,
    l.currency,
    l.charged_on as event_on,
    l.charged_on as noted_on,
    l.sku,
    l.fnsku,
    l.asin,
    l.gtin,
    l.order_id,
    '' as shipment_id,
    1 as units,
    null::int as most_open,
    (l.commission - l.due) * (1 - coalesce(g.amount, 0) / l.commission) as unit_value,
    case
        when g.amount is not null then 'A part of the order was refunded, and a part of the commission given back with it.'
        when l.previewed_on is null then 'The day of the fee preview is not known.'
        when abs(l.charged_on - l.previewed_on) > d.value then 'The fee preview is too far from the day of the charge.'
        when was.starts_on is distinct from since.starts_on then 'The fees changed between the charge and the fee preview.'
        when l.is_of_unknown_marketplace then 'The fee preview does not name its marketplace.'
        when l.is_contradicted then 'Two fee previews tell different rates.'
        when not l.is_flat and abs(l.unit_price - l.previewed_price) > l.previewed_price / 100
            then 'The rate depends on the price, and the goods were sold at another price than previewed.'
        when x.row_id is not null then 'The goods were sold at a higher price than previewed, at which another rate may hold.'
        when abs(l.commission - l.due * (1 + v.value)) <= l.tolerance then 'The difference is what tax on the fee would be.'
        else ''
    end as doubt
from line as l
left join given_back as g
    on
        g.account_id = l.account_id
        and g.channel = l.channel
        and g.currency = l.currency
        and g.order_key = l.order_key
        and g.sku = l.sku
left join crossed as x on x.account_id = l.account_id and x.row_id = l.row_id
left join detection_bound as d on d.bound = 'preview_days' and d.marketplace = l.marketplace
left join detection_bound as v on v.bound = 'tax_on_fees' and v.marketplace = l.marketplace
left join fee_span as was
    on was.marketplace = l.marketplace and l.charged_on between was.starts_on and was.ends_on
left join fee_span as since
    on since.marketplace = l.marketplace and l.previewed_on between since.starts_on and since.ends_on
where
    (l.commission - l.due) * (1 - coalesce(g.amount, 0) / l.commission) > l.tolerance
    and coalesce(g.principal, 0) < l.principal
