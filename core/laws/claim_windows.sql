-- one row per item whose claim window differs from the rule in force on its date
select
    a.code as account,
    i.currency,
    'item '
    || i.item_id
    || ' of '
    || i.event_on
    || ' is judged by '
    || i.window_rule
    || ', which does not hold then' as what
from item as i
inner join account as a on a.account_id = i.account_id
left join claim_window as w
    on
        w.rule = i.window_rule
        and i.event_on between coalesce(w.valid_from, i.event_on) and coalesce(w.valid_to, i.event_on)
where i.window_rule is not null and w.rule is null
