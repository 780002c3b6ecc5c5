-- one row per order line whose commission is above the rate in force on that day
with walmart as (
    -- the category's published rate; where it depends on the price, the line's own rate
    select
        c.*,
        coalesce(r.rate, c.commission_rate / case when c.commission_rate > 1 then 100 else 1 end) as rate
    from charged as c
    left join contract_rate as r on r.category = derived.fold(c.contract_category)
    where c.account_id = :account_id and c.channel = 'walmart' and (r.rate is not null or c.commission_rate > 0)
),

line as (
    -- Amazon: compare with the rate of a fee preview
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
    -- Walmart: compare with the rate of the line's contract category; the settlement starts the clock
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
    -- a refund returns its line's commission, including the part charged too much. A refund that names no line belongs to the only
    -- line of its SKU, else to the line with the same price, else possibly to any
    select
        l.account_id,
        l.row_id,
        sum(r.commission_back) filter (
            where r.order_line = c.order_line or c.lines = 1 or r.principal = c.principal
        ) as amount,
        sum(r.principal) filter (
            where r.order_line = c.order_line or c.lines = 1 or r.principal = c.principal
        ) as principal
    from (
        select *, count(*) over (partition by account_id, channel, currency, order_key, sku) as lines
        from charged
    ) as c
    inner join line as l on l.account_id = c.account_id and l.row_id = c.commission_row_id
    inner join refunded as r
        on
            r.account_id = c.account_id
            and r.channel = c.channel
            and r.currency = c.currency
            and r.order_key = c.order_key
            and r.sku = c.sku
            and r.order_line in ('', c.order_line)
    where r.commission_back > 0
    group by l.account_id, l.row_id
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
    l.channel,
    l.marketplace,
    l.currency,
    l.charged_on as event_on,
    l.sku,
    l.fnsku,
    l.asin,
    l.gtin,
    l.order_id,
    (l.commission - l.due) * (1 - coalesce(g.amount, 0) / l.commission) as unit_value,
    case
        when g.row_id is not null then 'fee_given_back_in_part'
        when l.previewed_on is null then 'preview_undated'
        when abs(l.charged_on - l.previewed_on) > d.value then 'preview_too_far'
        when was.starts_on is distinct from since.starts_on then 'fees_changed'
        when l.is_of_unknown_marketplace then 'preview_marketplace_unknown'
        when l.is_contradicted then 'previews_contradict'
        when not l.is_flat and abs(l.unit_price - l.previewed_price) > l.previewed_price / 100
            then 'rate_by_price'
        when x.row_id is not null then 'price_tier'
        when abs(l.commission - l.due * (1 + v.value)) <= l.tolerance then 'fee_tax'
        else ''
    end as doubt
from line as l
left join given_back as g
    on g.account_id = l.account_id and g.row_id = l.row_id
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
