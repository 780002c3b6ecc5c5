-- one row per report row that pays money or units, or takes them back
select
    row_id,
    reimbursement_id,
    marketplace,
    currency,
    approved_on as paid_on,
    case_id,
    reason,
    category,
    also,
    units_cash,
    is_counted,
    units_inventory,
    amount,
    original_reimbursement_id,
    channel,
    sku,
    fnsku,
    asin,
    gtin,
    order_id,
    '' as shipment_id
from payment
where account_id = :account_id
