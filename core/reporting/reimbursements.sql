-- one row per report row that pays money or units, or takes them back
create view reporting.reimbursements with (security_invoker = true) as
select
    a.code as account,
    p.marketplace,
    p.reimbursement_id,
    p.approved_on,
    p.case_id,
    p.reason,
    p.order_id,
    p.sku,
    p.fnsku,
    p.units_cash,
    p.units_inventory,
    p.amount,
    p.currency,
    p.original_reimbursement_id
from derived.payment as p
inner join account as a on a.account_id = p.account_id
