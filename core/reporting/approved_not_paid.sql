-- one row per row of Amazon's reimbursements whose cash is in no settlement, where settlements are covered for all the days on
-- which it may be paid
create view reporting.approved_not_paid with (security_invoker = true) as
select
    a.code as account,
    u.marketplace,
    u.moved_on as approved_on,
    u.reason,
    u.sku,
    u.order_id,
    u.amount,
    u.currency,
    u.document as reimbursement_id,
    f.file,
    u.line
from derived.cash_difference as u
inner join account as a on a.account_id = u.account_id
inner join source_file as f on f.account_id = u.account_id and f.file_id = u.file_id
where u.side = 'approved'
