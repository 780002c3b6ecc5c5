-- one row per item, its units by stage as of today in its marketplace: the only place that applies the calendar
create view derived.staged_item with (security_invoker = true) as
select
    account_id,
    item_id,
    origin,
    channel,
    marketplace,
    category,
    category_group,
    event_on,
    opens_on,
    deadline_on,
    case when units_open > 0 or rest <> 0 then deadline_on - today end as days_left,
    window_rule,
    window_confidence,
    sku,
    fnsku,
    asin,
    gtin,
    order_id,
    shipment_id,
    case_id,
    note,
    currency,
    unit_value,
    value_basis,
    units,
    case when is_future and not is_expired then units_open - units_doubtful else 0 end as units_future,
    case when is_future or is_expired then 0 else units_open - units_doubtful end as units_ready,
    case when is_expired then 0 else units_doubtful end as units_review,
    units_in_case,
    units_claimed,
    case when is_expired then units_open else 0 end as units_expired,
    units_denied,
    units_reversed,
    units_in_kind,
    claimed,
    reversed,
    detected,
    -- the money of partly paid units: in review until its window closes
    case when is_expired then 0 else rest end as rest_in_review,
    case when is_expired then rest else 0 end as rest_expired,
    case when (units_doubtful > 0 or rest <> 0) and not is_expired then review_reason end as review_reason,
    case when (units_doubtful > 0 or rest <> 0) and not is_expired then review_code end as review_code
from (
    -- no common table expression: PostgreSQL plans a view that has one by itself, and then reads every item
    select
        i.*,
        c.category_group,
        m.today,
        coalesce(i.deadline_on < m.today, false) as is_expired,
        coalesce(i.opens_on > m.today, false) as is_future
    from item as i
    inner join category as c on c.category = i.category
    inner join derived.day as m on m.marketplace = i.marketplace
) as dated
