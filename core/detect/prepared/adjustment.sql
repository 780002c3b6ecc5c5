-- one row per inventory adjustment whose reason is known: read once for all who ask
select *
from derived.adjustment
where account_id = :account_id
