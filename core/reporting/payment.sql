-- one row per report row that pays or takes back, of either channel
create view derived.payment with (security_invoker = true) as
select * from derived.amazon_payment
union all
select * from derived.walmart_payment
