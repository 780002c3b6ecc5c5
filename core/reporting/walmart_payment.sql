-- one row per line of Walmart's reconciliation report whose description is a known payment reason, or whose type is Dispute
create view derived.walmart_payment with (security_invoker = true) as
select
    s.account_id,
    s.row_id,
    s.channel,
    s.marketplace,
    coalesce(nullif(s.transaction_key, ''), s.row_id::text) as reimbursement_id,
    s.posted_on as approved_on,
    '' as case_id,
    s.description as reason,
    -- a commission dispute pays only for the commission
    coalesce(p.category, case lower(s.amount_type) when 'commission on product' then 'referral_fee_overcharge' end)
        as category,
    coalesce(p.also, '{}') as also,
    coalesce(nullif(s.order_id, ''), s.purchase_order_id) as order_id,
    s.sku,
    '' as fnsku,
    '' as asin,
    s.gtin,
    sign(s.amount)::int * coalesce(nullif(abs(s.quantity), 0), 1) as units_cash,
    coalesce(s.quantity, 0) <> 0 as is_counted,
    0 as units_inventory,
    s.amount,
    s.currency,
    '' as original_reimbursement_id,
    s.file_id,
    s.line
from settlement_line as s
left join payment_reason as p on p.channel = s.channel and p.reason = derived.fold(s.description)
where s.channel = 'walmart' and (p.reason is not null or derived.fold(s.transaction_type) = 'dispute')
