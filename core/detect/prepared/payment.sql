-- one row per report row that pays money or units, or takes them back: read once for all detectors
select *
from derived.payment
where account_id = :account_id
