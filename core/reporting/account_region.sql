-- one row per account, channel and currency of its marketplaces, and one without currency: the region, if it is unique
create view derived.account_region with (security_invoker = true) as
select a.account_id, m.channel, m.currency, min(m.region) as region
from account_marketplace as a
inner join marketplace as m on m.marketplace = a.marketplace
group by a.account_id, m.channel, m.currency
having count(distinct m.region) = 1
union all
select a.account_id, m.channel, '', min(m.region)
from account_marketplace as a
inner join marketplace as m on m.marketplace = a.marketplace
group by a.account_id, m.channel
having count(distinct m.region) = 1
