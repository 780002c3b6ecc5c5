-- one row per channel: the newest day of its data, and of the account's data
select *
from derived.data_through
where account_id = :account_id
