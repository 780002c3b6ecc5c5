-- one row per case and goods of the case files
select
    e.row_id,
    e.case_id,
    e.marketplace,
    coalesce(nullif(e.currency, ''), m.currency) as currency,
    e.opened_on,
    e.category,
    e.claimed_units,
    e.claimed_amount,
    e.decision,
    e.decided_on,
    e.closed_on,
    e.note,
    m.channel,
    e.sku,
    e.fnsku,
    '' as asin,
    '' as gtin,
    e.order_id,
    e.shipment_id
from case_entry as e
inner join marketplace as m on m.marketplace = e.marketplace
where e.account_id = :account_id
