-- one row per order line on which a commission or a fulfilment fee was charged
select *
from derived.sale_line
where account_id = :account_id and (commission > 0 or fulfilment_fee > 0)
