-- one row per candidate, with its claim window and, where known, the value of a unit
select
    j.item_id,
    j.row_id,
    j.category,
    j.marketplace,
    j.currency,
    j.event_on,
    j.noted_on,
    j.units,
    -- most events have no other rows: reading an array takes as long as all the rest
    nullif(j.made_by, array[j.row_id]) as made_by,
    nullif(j.reduced_by, array[]::uuid[]) as reduced_by,
    j.opens_on,
    j.deadline_on,
    j.window_rule,
    j.window_confidence,
    j.most_open,
    j.doubts,
    v.unit_value,
    coalesce(v.value_basis, 'unknown') as value_basis,
    v.value_row_id,
    j.channel,
    j.sku,
    j.fnsku,
    j.asin,
    j.gtin,
    j.order_id,
    j.shipment_id
from judged as j
left join valued as v on v.account_id = j.account_id and v.item_id = j.item_id
where j.account_id = :account_id
