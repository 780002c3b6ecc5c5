-- one row per order line whose fulfilment fee is above the fee that a preview expects for its units, less what a refund gave back
with preview as (
    select
        p.*,
        m.country = '' as is_unassigned,
        coalesce(nullif(p.sales_price, 0), p.your_price) as price,
        coalesce(p.fulfilment_fee, p.pick_pack_fee + coalesce(p.weight_handling_fee, 0)) as expected,
        -- compare a charge with the nearest previews before and after it
        max(p.previewed_on) over (of_goods range between unbounded preceding and '1 day' preceding) as next_before,
        min(p.previewed_on) over (of_goods range between '1 day' following and unbounded following) as next_after
    from fee_preview as p
    inner join marketplace as m on m.marketplace = p.marketplace
    where p.account_id = :account_id
    window of_goods as (partition by p.account_id, p.marketplace, p.currency, p.sku order by p.previewed_on)
),

compared as (
    -- where previews differ, use the one with the smallest difference
    select distinct on (s.account_id, s.currency, s.order_key, s.order_line, s.sku)
        s.*,
        p.row_id as preview_row_id,
        p.fnsku,
        p.asin,
        p.is_unassigned as is_of_unknown_marketplace,
        p.previewed_on,
        p.price as previewed_price,
        p.expected * s.units as due,
        a.value * s.units as tolerance,
        -- the fee for sending the goods into this country from another
        s.units * case s.marketplace
            when 'AMAZON_UK' then p.fulfilment_fee_uk
            when 'AMAZON_DE' then p.fulfilment_fee_de
            when 'AMAZON_FR' then p.fulfilment_fee_fr
            when 'AMAZON_IT' then p.fulfilment_fee_it
            when 'AMAZON_ES' then p.fulfilment_fee_es
            when 'AMAZON_SE' then p.fulfilment_fee_se
        end as due_from_abroad
    from charged as s
    inner join report_word as w
        on
            w.channel = s.channel
            and w.subject = 'fulfilment'
            and w.word = derived.fold(s.fulfilment_type)
            and w.meaning = 'marketplace'
    inner join detection_bound as a on a.bound = 'smallest_amount' and a.marketplace = s.marketplace
    inner join preview as p
        on
            p.account_id = s.account_id
            and p.sku = s.sku
            and p.currency = s.currency
            and (p.marketplace = s.marketplace or p.is_unassigned)
            and (p.next_before < s.fulfilment_fee_on) is not false
            and (p.next_after > s.fulfilment_fee_on) is not false
    where
        s.account_id = :account_id
        and s.channel = 'amazon'
        and s.fulfilment_fee > 0
        and s.units > 0
        and p.expected > 0
    order by
        s.account_id, s.currency, s.order_key, s.order_line, s.sku,
        p.expected desc, p.previewed_on desc nulls last, p.row_id
),

by_price as (
    -- the fee of some marketplaces depends on the price, and a price of the bounds lies between the two
    select distinct c.account_id, c.row_id
    from compared as c
    inner join detection_bound as t
        on
            t.bound like 'fee_price%'
            and t.marketplace = c.marketplace
            and (t.value > c.previewed_price) <> (t.value > (c.principal - c.item_promotion) / c.units)
),

given_back as (
    select account_id, channel, currency, order_key, order_line, sku, sum(fulfilment_fee_back) as amount
    from refunded
    where account_id = :account_id and fulfilment_fee_back > 0
    group by account_id, channel, currency, order_key, order_line, sku
),

remote as (
    -- goods also in stock in the United States may have been sent from there
    select distinct c.account_id, c.row_id
    from compared as c
    inner join detection_bound as b on b.bound = 'remote_fulfilment' and b.marketplace = c.marketplace
    inner join preview as p on p.account_id = c.account_id and p.sku = c.sku and p.marketplace = 'AMAZON_US'
)

select
    c.account_id,
    concat_ws(e'\x1f', c.channel, c.order_key, c.order_line, c.sku, c.currency) as item_key,
    c.fulfilment_fee_row_id as row_id,
    c.row_ids || c.preview_row_id as made_by,
    c.channel,
    c.marketplace,
    c.currency,
    c.fulfilment_fee_on as event_on,
    c.sku,
    c.fnsku,
    c.asin,
    c.order_id,
    c.fulfilment_fee - coalesce(g.amount, 0) - c.due as unit_value,
    case
        when g.amount is not null then 'fee_given_back_in_part'
        when c.previewed_on is null then 'preview_undated'
        when abs(c.fulfilment_fee_on - c.previewed_on) > d.value then 'preview_too_far'
        when was.starts_on is distinct from since.starts_on then 'fees_changed'
        when peak.starts_on is not null and c.previewed_on not between peak.starts_on and peak.ends_on
            then 'peak_season'
        when b.row_id is not null then 'fee_by_price'
        when c.is_of_unknown_marketplace then 'preview_marketplace_unknown'
        when r.row_id is not null then 'may_be_sent_from_us'
        when c.fulfilment_fee <= c.due_from_abroad + c.tolerance
            then 'may_be_sent_from_abroad'
        when abs(c.fulfilment_fee - c.due * (1 + v.value)) <= c.tolerance then 'fee_tax'
        else ''
    end as doubt
from compared as c
left join remote as r on r.account_id = c.account_id and r.row_id = c.row_id
left join by_price as b on b.account_id = c.account_id and b.row_id = c.row_id
left join given_back as g
    on
        g.account_id = c.account_id
        and g.channel = c.channel
        and g.currency = c.currency
        and g.order_key = c.order_key
        and g.sku = c.sku
        and g.order_line in ('', c.order_line)
left join detection_bound as d on d.bound = 'preview_days' and d.marketplace = c.marketplace
left join detection_bound as v on v.bound = 'tax_on_fees' and v.marketplace = c.marketplace
left join fee_span as was
    on was.marketplace = c.marketplace and c.fulfilment_fee_on between was.starts_on and was.ends_on
left join fee_span as since
    on since.marketplace = c.marketplace and c.previewed_on between since.starts_on and since.ends_on
left join fee_period as peak
    on
        peak.kind = 'peak'
        and peak.marketplace = c.marketplace
        and c.fulfilment_fee_on between peak.starts_on and peak.ends_on
where
    c.fulfilment_fee - coalesce(g.amount, 0) > c.due + c.tolerance
    and abs(c.fulfilment_fee - coalesce(c.due_from_abroad, 0)) > c.tolerance
