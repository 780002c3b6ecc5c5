-- one row per report row that counts as paid or taken back: Amazon's reimbursements, and the lines of Walmart's
-- reconciliation report whose description is a payment reason of the registry, or whose type is Dispute
create view derived.payment with (security_invoker = true) as
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
    r.units_inventory,
    r.amount,
    r.currency,
    r.original_reimbursement_id
from reimbursement as r
left join payment_reason as p on p.channel = 'amazon' and p.reason = derived.fold(r.reason)
union all
select
    s.account_id,
    s.row_id,
    s.channel,
    s.marketplace,
    coalesce(nullif(s.transaction_key, ''), s.row_id::text),
    s.posted_on,
    '',
    s.description,
    p.category,
    coalesce(p.also, '{}'),
    coalesce(nullif(s.order_id, ''), s.purchase_order_id),
    s.sku,
    '',
    '',
    s.gtin,
    sign(s.amount)::int * coalesce(nullif(abs(s.quantity), 0), 1),
    0,
    s.amount,
    s.currency,
    ''
from settlement_line as s
left join payment_reason as p on p.channel = s.channel and p.reason = derived.fold(s.description)
where s.channel = 'walmart' and (p.reason is not null or derived.fold(s.transaction_type) = 'dispute')
