-- one row per inventory adjustment whose reason is known, with what that reason means; by its code, else by its description
create view derived.adjustment with (security_invoker = true) as
select
    e.*,
    coalesce(by_code.meaning, by_text.meaning) as meaning,
    coalesce(by_code.doubt, by_text.doubt) as doubt
from inventory_event as e
left join adjustment_reason as by_code
    on by_code.channel = e.channel and by_code.reason = derived.fold(e.reason)
left join adjustment_reason as by_text
    on by_text.channel = e.channel and by_text.reason = derived.fold(e.reason_text)
where
    lower(e.event_type) in ('adjustments', 'adjustment')
    and sign(e.quantity) = coalesce(by_code.sign, by_text.sign)
    and coalesce(by_code.meaning, by_text.meaning) <> 'not_money'
