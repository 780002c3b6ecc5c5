-- one row per amount approved and not paid, or paid and not approved, compared over the whole history
select
    d.account_id,
    d.row_id,
    d.side,
    d.marketplace,
    d.moved_on,
    d.reason,
    d.sku,
    d.order_id,
    d.amount,
    d.currency,
    d.document,
    d.file_id,
    d.line
from derived.cash_difference as d
where d.account_id = any(:accounts)
