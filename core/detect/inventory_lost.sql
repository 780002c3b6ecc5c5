-- one row per adjustment by which units were reported lost in the warehouse
with lost as (
    select a.*, w.meaning as state
    from adjustment as a
    left join report_word as w
        on w.channel = a.channel and w.subject = 'disposition' and w.word = derived.fold(a.disposition)
    where a.account_id = :account_id and a.meaning = 'lost'
)

select
    account_id,
    row_id::text as item_key,
    row_id,
    array[row_id] as made_by,
    array[]::uuid[] as reduced_by,
    channel,
    marketplace,
    '' as currency,
    event_on,
    event_on as noted_on,
    sku,
    fnsku,
    asin,
    gtin,
    '' as order_id,
    '' as shipment_id,
    -quantity as units,
    -- where both quantities are there and do not add up to the units, neither tells anything
    case when reconciled is null or reconciled + abs(unreconciled) = -quantity then abs(unreconciled) end as most_open,
    null::numeric as unit_value,
    case
        when doubt <> '' then doubt
        -- not eligible, or the marketplace's own already (help G200213130)
        when channel = 'amazon' and disposition <> '' and state is distinct from 'sellable'
            then concat_ws(e'\x1f', 'unsellable_lost', disposition)
        else ''
    end as doubt
from lost
