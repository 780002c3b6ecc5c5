-- one row per marketplace: what day it is there. Worked out once a marketplace, not once a row that is joined with it (offset 0)
create view derived.day with (security_invoker = true) as
select
    m.marketplace,
    derived.today(m.time_zone) as today
from marketplace as m
offset 0
