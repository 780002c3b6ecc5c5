-- one row per SKU and per FNSKU, with its product
select account_id, channel, name, min(product) as product
from (
    select account_id, channel, sku as name, product from product where account_id = :account_id
    union all
    select account_id, channel, fnsku, product from product where account_id = :account_id
) as named
where name <> ''
group by account_id, channel, name
