-- one row per amount that Amazon approved (a row of the reimbursements report) or paid in cash (a line of a settlement, V2).
-- What is counted as paid is the first alone; the second is held against it
create view derived.cash_movement with (security_invoker = true) as
select
    p.account_id,
    p.row_id,
    'approved' as side,
    p.marketplace,
    p.approved_on as moved_on,
    p.reason,
    coalesce(k.category_group, 'other') as category_group,
    p.sku,
    p.order_id,
    p.amount,
    p.currency,
    p.reimbursement_id as document,
    p.file_id,
    p.line
from derived.amazon_payment as p
left join category as k on k.category = p.category
where p.amount <> 0
union all
select
    s.account_id,
    s.row_id,
    'paid',
    s.marketplace,
    s.posted_on,
    s.description,
    coalesce(k.category_group, 'other'),
    s.sku,
    s.order_id,
    s.amount,
    s.currency,
    s.document,
    s.file_id,
    s.line
from settlement_line as s
left join payment_reason as p on p.channel = s.channel and p.reason = derived.fold(s.description)
left join category as k on k.category = p.category
where
    s.channel = 'amazon'
    and lower(s.transaction_type) = 'other-transaction'
    and (lower(s.amount_type) = 'fba inventory reimbursement' or p.reason is not null)
    and s.amount <> 0
