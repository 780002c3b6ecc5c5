-- one row per report row by which money or units were paid or taken back: read once for all who ask
select *
from derived.payment
where account_id = :account_id
