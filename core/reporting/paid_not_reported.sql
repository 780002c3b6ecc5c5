-- one row per Amazon settlement line that pays or takes back a reimbursement missing in the reimbursements report
create view reporting.paid_not_reported with (security_invoker = true) as
select
    a.code as account,
    u.marketplace,
    u.moved_on as posted_on,
    u.reason,
    u.sku,
    u.order_id,
    u.amount,
    u.currency,
    u.document as settlement_id,
    f.file,
    u.line
from derived.cash_difference as u
inner join account as a on a.account_id = u.account_id
inner join source_file as f on f.account_id = u.account_id and f.file_id = u.file_id
where u.side = 'paid'
