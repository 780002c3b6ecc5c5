-- one row per report row by which money or units were paid or taken back
select
    row_id,
    channel,
    marketplace,
    reimbursement_id,
    approved_on as paid_on,
    case_id,
    reason,
    category,
    also,
    order_id,
    sku,
    fnsku,
    asin,
    gtin,
    units_cash,
    units_inventory,
    amount,
    currency,
    original_reimbursement_id
from derived.payment
where account_id = :account_id
order by approved_on, reimbursement_id, row_id
