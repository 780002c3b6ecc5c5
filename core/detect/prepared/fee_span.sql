-- one row per marketplace and period with one fee schedule
select
    marketplace,
    starts_on,
    coalesce(lead(starts_on) over (partition by marketplace order by starts_on) - 1, 'infinity') as ends_on
from (
    select marketplace, starts_on from fee_period where kind = 'schedule'
    union
    select marketplace, '-infinity' from marketplace
) as known
