-- one row per account, marketplace, category, currency and part of the items: the sums that do not depend on the day. `open` is in
-- no case and not settled, whatever its deadline; `detected` is the original amount owed
with summed as (
    select
        i.account_id,
        i.marketplace,
        i.channel,
        i.category,
        i.currency,
        count(*) filter (where i.units_open <> 0 or i.rest <> 0) as items_open,
        sum(i.units_open) as units_open,
        sum(i.units_open * i.unit_value + i.rest) as open,
        count(*) filter (where i.units_open <> 0 and i.unit_value is null) as open_without_value,
        count(*) filter (where i.units_in_case <> 0) as items_in_case,
        sum(i.units_in_case) as units_in_case,
        sum(i.units_in_case * i.unit_value) as in_case,
        count(*) filter (where i.units_in_case <> 0 and i.unit_value is null) as in_case_without_value,
        count(*) filter (where i.units_denied <> 0) as items_denied,
        sum(i.units_denied) as units_denied,
        sum(i.units_denied * i.unit_value) as denied,
        count(*) filter (where i.units_denied <> 0 and i.unit_value is null) as denied_without_value,
        count(*) filter (where i.units_claimed <> 0 or i.claimed <> 0) as items_claimed,
        sum(i.units_claimed) as units_claimed,
        sum(i.claimed) as claimed,
        count(*) filter (where i.units_reversed <> 0 or i.reversed <> 0) as items_reversed,
        sum(i.units_reversed) as units_reversed,
        sum(i.reversed) as reversed,
        count(*) as items,
        sum(i.units) as units,
        sum(i.detected) as detected,
        count(*) filter (
            where i.unit_value is null and i.units_open + i.units_in_case + i.units_denied > 0
        ) as without_value
    from item as i
    where i.account_id = any(:accounts)
    group by i.account_id, i.marketplace, i.channel, i.category, i.currency
)

select
    s.account_id,
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
        ('open', s.items_open, s.units_open, s.open, s.open_without_value),
        ('in_case', s.items_in_case, s.units_in_case, s.in_case, s.in_case_without_value),
        ('denied', s.items_denied, s.units_denied, s.denied, s.denied_without_value),
        ('claimed', s.items_claimed, s.units_claimed, s.claimed, 0),
        ('reversed', s.items_reversed, s.units_reversed, s.reversed, 0),
        ('detected', s.items, s.units, s.detected, s.without_value)
) as p (part, items, units, amount, items_without_value)
where p.items > 0
