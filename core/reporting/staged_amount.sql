-- one row per item and stage with units or money; an amount is null where the value of a unit is unknown
create view derived.staged_amount with (security_invoker = true) as
select
    i.account_id,
    i.item_id,
    i.channel,
    i.marketplace,
    i.category,
    i.category_group,
    i.currency,
    i.event_on,
    i.opens_on,
    i.deadline_on,
    part.stage,
    part.units,
    part.amount
from derived.staged_item as i
cross join lateral (
    values
        ('future', i.units_future, i.units_future * i.unit_value),
        ('ready', i.units_ready, i.units_ready * i.unit_value),
        ('review', i.units_review, i.units_review * i.unit_value + i.rest_in_review),
        ('in_case', i.units_in_case, i.units_in_case * i.unit_value),
        ('claimed', i.units_claimed, i.claimed),
        ('expired', i.units_expired, i.units_expired * i.unit_value + i.rest_expired),
        ('denied', i.units_denied, i.units_denied * i.unit_value),
        ('reversed', i.units_reversed, i.reversed)
) as part (stage, units, amount)
where part.units <> 0 or part.amount <> 0
