-- one row per account, gap of a report, marketplace, currency and deadline of the items that wait for the gap: their units in
-- Review, at their value; infinity for an unknown deadline, and for a gap without an end
select
    i.account_id,
    d.parameters ->> 0 as format,
    d.parameters ->> 1 as region,
    i.marketplace,
    i.currency,
    coalesce(nullif(d.parameters ->> 2, '')::date, '-infinity') as first_on,
    coalesce(nullif(d.parameters ->> 3, '')::date, 'infinity') as last_on,
    coalesce(i.deadline_on, 'infinity') as deadline_on,
    count(*) as items,
    coalesce(sum(least(d.units, i.units_open) * i.unit_value), 0) as amount,
    count(*) filter (where i.unit_value is null) as items_without_value
from item as i
cross join lateral jsonb_to_recordset(i.doubts) as d (code text, units int, parameters jsonb)
where i.account_id = any(:accounts) and i.units_doubtful > 0 and d.code like '%\_not\_covered'
group by i.account_id, d.parameters ->> 0, d.parameters ->> 1, i.marketplace, i.currency, 6, 7, 8
