-- one row per sourcing cost of the seller
select sku, coalesce(marketplace, '') as marketplace, currency, unit_cost, valid_from
from sourcing_cost
where account_id = :account_id
order by sku, currency, marketplace, valid_from
