-- one row per channel: the newest day of its data, and of all of the account's
select *
from derived.data_through
where account_id = :account_id
