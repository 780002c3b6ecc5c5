-- one row per item that was withdrawn because its event is gone, with the reason; it counts in no total
create view reporting.withdrawn_items with (security_invoker = true) as
select
    a.code as account,
    w.marketplace,
    w.channel,
    w.category,
    c.category_group,
    w.item_id,
    w.sku,
    w.fnsku,
    w.order_id,
    w.shipment_id,
    w.event_on,
    w.units,
    w.currency,
    w.detected,
    w.withdrawn_at,
    w.reason
from withdrawn_item as w
inner join account as a on a.account_id = w.account_id
inner join category as c on c.category = w.category
