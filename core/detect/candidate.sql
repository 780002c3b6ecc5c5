-- one row per item that may be owed: the rows of a detector, with defaults for the columns that its query does not name. A name
-- that `detected` lacks is looked up in `preset`
select
    md5(found.category || e'\x1f' || found.item_key)::uuid as item_id,
    found.*
from (
    select
        detector.category,
        null::text as item_key,
        null::uuid[] as made_by,
        '{}'::uuid[] as reduced_by,
        '' as currency,
        null::date as noted_on,
        '' as fnsku,
        '' as asin,
        '' as gtin,
        '' as order_id,
        '' as shipment_id,
        1 as units,
        null::int as most_open,
        null::numeric as unit_value,
        '' as doubt
    from detector
) as preset
cross join lateral (
    select
        category,
        account_id,
        -- names the event identically in every database
        coalesce(item_key, row_id::text) as item_key,
        -- the report row of the event, all rows that created it, and those that reduced it
        row_id,
        coalesce(made_by, array[row_id]) as made_by,
        reduced_by,
        channel,
        marketplace,
        -- empty where the marketplace determines it
        currency,
        -- starts the claim window's clock; null where no report has it
        event_on,
        -- the day on which it can be known: nothing is ready before it, and it places an event without a clock in history
        coalesce(noted_on, event_on) as noted_on,
        sku,
        fnsku,
        asin,
        gtin,
        order_id,
        shipment_id,
        units,
        -- the limit of its open units
        most_open,
        -- the value of a unit, where the event itself states it
        unit_value,
        -- a reason for Review (core.vocabulary.review_reasons) with its parameters
        doubt
    from detected
) as found
