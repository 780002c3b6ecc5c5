-- one row per refund of an order's goods: all amounts of one day, order line, SKU and kind. Positive amounts went to the customer;
-- so did a discount that was taken back with them. A retrocharge, which charges the customer again, is a negative refund
create view derived.refund with (security_invoker = true) as
with line as (
    select
        a.*,
        coalesce(w.meaning, 'unknown') as kind,
        -- an amount without a line belongs to the only line that the others name
        case
            when a.order_line <> '' then a.order_line
            when min(nullif(a.order_line, '')) over together = max(a.order_line) over together
                then max(a.order_line) over together
            else ''
        end as of_line
    from derived.order_amount as a
    left join report_word as w on w.channel = a.channel and w.subject = 'refund' and w.word = derived.fold(a.name)
    where (position('refund' in a.entry) > 0 or position('retrocharge' in a.entry) > 0) and a.part <> 'other'
    window together as (partition by a.account_id, a.channel, a.currency, a.order_key, a.sku, a.posted_on, w.meaning)
)

select
    account_id,
    channel,
    coalesce(min(marketplace) filter (where part = 'principal'), min(marketplace)) as marketplace,
    currency,
    order_key,
    max(order_id) as order_id,
    of_line as order_line,
    sku,
    max(gtin) as gtin,
    posted_on as refunded_on,
    kind,
    abs(sum(quantity) filter (where part = 'principal' and quantity <> 0))::int as units,
    -coalesce(sum(amount) filter (where part = 'principal'), 0) as principal,
    -coalesce(sum(amount) filter (where part = 'tax'), 0) as tax,
    -coalesce(sum(amount) filter (where part = 'shipping'), 0) as shipping,
    coalesce(sum(amount) filter (where part = 'item_promotion'), 0) as item_promotion,
    -coalesce(sum(amount) filter (where part = 'gift_wrap'), 0) as gift_wrap,
    coalesce(sum(amount) filter (where part = 'commission'), 0) as commission_back,
    coalesce(sum(amount) filter (where part = 'fulfilment_fee'), 0) as fulfilment_fee_back,
    max(fulfilment_type) as fulfilment_type,
    max(reason) as reason,
    coalesce(min(row_id::text) filter (where part = 'principal'), min(row_id::text))::uuid as row_id,
    array_agg(row_id) filter (where is_first_of_row) as row_ids
from line
group by account_id, channel, currency, order_key, of_line, sku, posted_on, kind
