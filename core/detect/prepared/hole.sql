-- one row per gap of a report, region and currency: read once for all who ask
select *
from derived.hole
where account_id = :account_id
