-- one row per account, category, marketplace and rule: the days after which the claim window opens and closes. For an unknown
-- marketplace: the days after which it is open on all of the account's marketplaces, and closed on the first, by today's rules
create view derived.opening with (security_invoker = true) as
select a.account_id, w.category, m.marketplace, w.valid_from, w.valid_to, w.opens_after_days, w.closes_after_days
from account as a
cross join claim_window as w
inner join marketplace as m on m.marketplace = any(w.marketplaces)
union all
select a.account_id, w.category, u.marketplace, null, null, max(w.opens_after_days), min(w.closes_after_days)
from account_marketplace as a
inner join claim_window as w on a.marketplace = any(w.marketplaces) and w.valid_to is null
inner join marketplace as u on u.channel = w.channel and u.country = ''
group by a.account_id, w.category, u.marketplace
