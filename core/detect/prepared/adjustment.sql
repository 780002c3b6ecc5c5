-- one row per inventory adjustment whose reason is known: read once for all detectors
select *
from derived.adjustment
where account_id = :account_id
