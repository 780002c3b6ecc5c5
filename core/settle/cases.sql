-- one row per case and goods of the case files
select
    e.row_id,
    m.channel,
    e.marketplace,
    e.case_id,
    e.opened_on,
    e.category,
    e.sku,
    e.fnsku,
    e.order_id,
    e.shipment_id,
    e.claimed_units,
    e.claimed_amount,
    coalesce(nullif(e.currency, ''), m.currency) as currency,
    e.decision,
    e.decided_on,
    e.closed_on,
    e.note
from case_entry as e
inner join marketplace as m on m.marketplace = e.marketplace
where e.account_id = :account_id
order by e.opened_on, e.case_id, e.row_id
