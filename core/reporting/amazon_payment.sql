-- one row per row of Amazon's reimbursements report
create view derived.amazon_payment with (security_invoker = true) as
select
    r.account_id,
    r.row_id,
    'amazon' as channel,
    r.marketplace,
    r.reimbursement_id,
    r.approved_on,
    r.case_id,
    r.reason,
    p.category,
    coalesce(p.also, '{}') as also,
    r.order_id,
    r.sku,
    r.fnsku,
    r.asin,
    '' as gtin,
    r.units_cash,
    true as is_counted,
    r.units_inventory,
    r.amount,
    r.currency,
    r.original_reimbursement_id,
    r.file_id,
    r.line
from reimbursement as r
left join payment_reason as p on p.channel = 'amazon' and p.reason = derived.fold(r.reason)
