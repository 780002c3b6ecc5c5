-- one row per marketplace: its current day, computed once per marketplace and not once per joined row (offset 0)
create view derived.day with (security_invoker = true) as
select
    m.marketplace,
    derived.today(m.time_zone) as today
from marketplace as m
offset 0
