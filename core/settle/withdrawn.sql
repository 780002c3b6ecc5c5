-- one row per item whose event is gone, with the reason: its report rows are gone too, or later reports show that nothing is owed
insert into withdrawn_item (
    account_id,
    item_id,
    reason,
    channel,
    marketplace,
    category,
    event_on,
    sku,
    fnsku,
    order_id,
    shipment_id,
    units,
    currency,
    detected
)
select
    i.account_id,
    i.item_id,
    case
        when exists (
            select 1
            from item_evidence as e
            where
                e.account_id = i.account_id
                and e.item_id = i.item_id
                and e.role = 'event'
                and not exists (
                    select 1 from derived.source_row as r where r.account_id = e.account_id and r.row_id = e.row_id
                )
        ) then :no_row
        else :nothing_owed
    end,
    i.channel,
    i.marketplace,
    i.category,
    i.event_on,
    i.sku,
    i.fnsku,
    i.order_id,
    i.shipment_id,
    i.units,
    i.currency,
    i.detected
from item as i
where i.account_id = :account_id and i.item_id = any(:gone)
    -- the same event under another name is not withdrawn
    and not exists (
        select 1
        from wanted_item as w
        where
            w.account_id = i.account_id
            and w.category = i.category
            and w.marketplace = i.marketplace
            and w.order_id = i.order_id
            and w.sku = i.sku
            and w.event_on is not distinct from i.event_on
            and i.order_id <> ''
    )
