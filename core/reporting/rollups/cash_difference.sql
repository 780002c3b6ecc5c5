-- one row per amount that was approved and not paid, or paid and not approved: all that ever was of either is compared
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
