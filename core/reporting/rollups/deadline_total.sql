-- one row per account, deadline, opening, marketplace, category, currency and part of the open units and the money in review.
-- `sure` becomes ready or future, `review` needs a person; an item with both is counted in each, and `both` subtracts it once, so
-- that the three parts together count each item once. An item without a deadline never expires: infinity
with open as (
    select
        i.account_id,
        coalesce(i.deadline_on, 'infinity') as deadline_on,
        coalesce(i.opens_on, '-infinity') as opens_on,
        i.marketplace,
        i.channel,
        i.category,
        i.currency,
        i.units_open > i.units_doubtful as is_sure,
        i.units_doubtful <> 0 or i.rest <> 0 as is_in_review,
        i.unit_value is null as is_without_value,
        i.units_open - i.units_doubtful as units_sure,
        (i.units_open - i.units_doubtful) * i.unit_value as sure,
        i.units_doubtful as units_in_review,
        i.units_doubtful * i.unit_value + i.rest as in_review
    from item as i
    where i.account_id = any(:accounts) and (i.units_open > 0 or i.rest <> 0)
),

summed as (
    select
        account_id,
        deadline_on,
        opens_on,
        marketplace,
        channel,
        category,
        currency,
        count(*) filter (where is_sure) as items_sure,
        sum(units_sure) as units_sure,
        sum(sure) as sure,
        count(*) filter (where is_sure and is_without_value) as sure_without_value,
        count(*) filter (where is_in_review) as items_in_review,
        sum(units_in_review) as units_in_review,
        sum(in_review) as in_review,
        count(*) filter (where is_in_review and is_without_value) as in_review_without_value,
        count(*) filter (where is_sure and is_in_review) as items_in_both,
        count(*) filter (where is_sure and is_in_review and is_without_value) as both_without_value
    from open
    group by account_id, deadline_on, opens_on, marketplace, channel, category, currency
)

select
    s.account_id,
    s.deadline_on,
    s.opens_on,
    s.marketplace,
    s.channel,
    s.category,
    s.currency,
    p.part,
    p.items,
    p.units,
    coalesce(p.amount, 0) as amount,
    p.items_without_value
from summed as s
cross join lateral (
    values
        ('sure', s.items_sure, s.units_sure, s.sure, s.sure_without_value),
        ('review', s.items_in_review, s.units_in_review, s.in_review, s.in_review_without_value),
        ('both', -s.items_in_both, 0, 0, -s.both_without_value)
) as p (part, items, units, amount, items_without_value)
where p.items <> 0
