-- one row per SKU, FNSKU and ASIN that a report names together, with their product
select distinct channel, sku, fnsku, gtin, asin, product
from product
where account_id = :account_id
order by channel, sku, fnsku, gtin, asin
