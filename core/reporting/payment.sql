-- one row per report row that counts as paid or taken back, of either channel
create view derived.payment with (security_invoker = true) as
select * from derived.amazon_payment
union all
select * from derived.walmart_payment
