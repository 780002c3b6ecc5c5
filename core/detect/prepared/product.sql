-- one row per SKU, FNSKU, ASIN and GTIN that a report names together, with their product: SKUs with a common FNSKU are one product,
-- and so are FNSKUs with a common SKU
with told as (
    select account_id, channel, sku, fnsku, asin, gtin from inventory_event where account_id = :account_id
    union
    select account_id, 'amazon', sku, fnsku, asin, '' from reimbursement where account_id = :account_id
    union
    select account_id, 'amazon', sku, fnsku, asin, '' from customer_return where account_id = :account_id
    union
    select account_id, 'amazon', sku, fnsku, asin, '' from fee_preview where account_id = :account_id
    union
    select account_id, 'amazon', sku, fnsku, '', '' from removal_order where account_id = :account_id
    union
    select account_id, 'amazon', sku, fnsku, '', '' from removal_shipment where account_id = :account_id
    union
    select account_id, channel, sku, fnsku, '', gtin from inbound_item where account_id = :account_id
    union
    select account_id, channel, sku, '', '', gtin
    from settlement_line
    where account_id = :account_id and gtin <> '' and sku <> ''
),

by_label as (
    select
        t.*,
        min(nullif(t.sku, '')) over (
            partition by t.account_id, t.channel, coalesce(nullif(t.fnsku, ''), nullif(t.gtin, ''), t.sku)
        ) as first_sku
    from told as t
)

select
    account_id,
    channel,
    sku,
    fnsku,
    asin,
    derived.gtin(gtin) as gtin,
    coalesce(
        case when sku = '' then first_sku else min(first_sku) over (partition by account_id, channel, sku) end,
        nullif(sku, ''),
        nullif(fnsku, ''),
        gtin
    ) as product
from by_label
