-- one row per adjustment by which units were found again
select row_id, channel, marketplace, event_on as found_on, sku, fnsku, asin, gtin, quantity as units, upper(reason) = 'N' as is_transfer
from derived.adjustment
where account_id = :account_id and meaning = 'found'
order by event_on, row_id
