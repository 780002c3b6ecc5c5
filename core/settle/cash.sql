-- one row per cash amount that Amazon paid and its reimbursements report lacks (computed before detection)
select
    d.row_id,
    d.marketplace,
    d.currency,
    d.moved_on,
    d.reason,
    case
        when exists (
            select 1 from finance_transaction as f where f.account_id = d.account_id and f.row_id = d.row_id
        ) then 'The transactions report' else 'Settlement ' || d.document
    end as document,
    d.amount,
    'amazon' as channel,
    d.sku,
    '' as fnsku,
    '' as asin,
    '' as gtin,
    d.order_id,
    '' as shipment_id
from cash_difference as d
where d.account_id = :account_id and d.side = 'paid' and d.amount > 0
