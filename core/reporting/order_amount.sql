-- what Amazon's settlements call the parts of a price, a discount or a fee, under one name for all settlements
create function derived.part(amount_type text, description text) returns text
language sql immutable parallel safe
as $$
    select case lower(amount_type || ' ' || description)
        when 'itemprice principal' then 'principal'
        when 'itemprice shipping' then 'shipping'
        when 'itemprice giftwrap' then 'gift_wrap'
        when 'itemprice tax' then 'tax'
        when 'itemprice shippingtax' then 'tax'
        when 'itemprice giftwraptax' then 'tax'
        when 'promotion principal' then 'item_promotion'
        when 'promotion shipping' then 'shipping_promotion'
        when 'itemfees commission' then 'commission'
        when 'itemfees fbaperunitfulfillmentfee' then 'fulfilment_fee'
        else 'other'
    end
$$;

-- one row per amount of an order in Amazon's two settlements and Walmart's reconciliation, under common names. Amounts have the
-- report's signs: positive for the seller. Orders of other shops that Amazon only fulfils (S01-…) charge no goods, and have other
-- fees
create view derived.order_amount with (security_invoker = true) as
select
    account_id,
    row_id,
    channel,
    marketplace,
    currency,
    order_id as order_key,
    order_id,
    order_line,
    sku,
    '' as gtin,
    posted_on,
    lower(transaction_type) as entry,
    transaction_type as name,
    derived.part(amount_type, description) as part,
    amount,
    quantity,
    fulfilment_type,
    '' as reason,
    '' as contract_category,
    null::numeric as commission_rate,
    -- whether the report's row has no earlier amount
    true as is_first_of_row
from settlement_line
where channel = 'amazon' and order_id <> '' and not starts_with(order_id, 'S')
union all
-- a line of the older settlement has up to three amounts, and is excluded where the newer version of the same settlement exists
select
    o.account_id,
    o.row_id,
    'amazon',
    o.marketplace,
    o.currency,
    o.order_id,
    o.order_id,
    o.order_line,
    o.sku,
    '',
    o.posted_on,
    lower(o.transaction_type),
    o.transaction_type,
    derived.part(o.amount_type, o.description),
    o.amount,
    o.units,
    o.fulfilment_type,
    '',
    '',
    null,
    o.is_first
from (
    select
        *, 'ItemPrice' as amount_type, price_type as description, price as amount, quantity as units, true as is_first
    from settlement_v1_row
    union all
    select *, 'ItemFees', item_fee_type, item_fee, null, price_type = '' from settlement_v1_row
    union all
    select *, 'Promotion', promotion_type, promotion, null, price_type = '' and item_fee_type = ''
    from settlement_v1_row
) as o
where
    o.order_id <> ''
    and not starts_with(o.order_id, 'S')
    and o.description <> ''
    and o.amount is not null
    and not exists (
        select 1 from settlement_line as n
        where n.account_id = o.account_id and n.channel = 'amazon' and n.document = o.document
    )
union all
select
    account_id,
    row_id,
    channel,
    marketplace,
    currency,
    -- the customer's order, which every line has: refunds and disputes may lack the purchase order
    coalesce(nullif(order_id, ''), purchase_order_id),
    coalesce(nullif(order_id, ''), purchase_order_id),
    coalesce(nullif(order_line, ''), purchase_order_line),
    sku,
    gtin,
    posted_on,
    case when starts_with(lower(description), 'wfs fulfil') then 'sale' else lower(transaction_type) end,
    description,
    case lower(amount_type)
        when 'product price' then 'principal'
        when 'product tax' then 'tax'
        when 'shipping' then 'shipping'
        when 'commission on product' then 'commission'
        else case when starts_with(lower(description), 'wfs fulfil') then 'fulfilment_fee' else 'other' end
    end,
    amount,
    quantity,
    fulfilment_type,
    reason,
    contract_category,
    commission_rate,
    true
from settlement_line
where channel = 'walmart' and (order_id <> '' or purchase_order_id <> '')
