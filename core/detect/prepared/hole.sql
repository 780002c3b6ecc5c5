-- one row per gap of a report, region and currency: read once for all detectors
select *
from derived.hole
where account_id = :account_id
