-- one row per report and day of which it has rows, whatever files they came in
create view derived.report_day with (security_invoker = true) as
select account_id, 'amazon' as channel, 'returns' as report, returned_on as day, count(*) as rows
from customer_return
group by account_id, returned_on
union all
select account_id, 'walmart', 'returns', coalesce(status_on, requested_on), count(*)
from return_order_line
where coalesce(status_on, requested_on) is not null
group by account_id, coalesce(status_on, requested_on)
union all
select account_id, channel, 'settlements', posted_on, count(*)
from settlement_line
group by account_id, channel, posted_on
union all
select account_id, 'amazon', 'settlements', posted_on, count(*)
from settlement_v1_row
group by account_id, posted_on
union all
select account_id, 'amazon', 'replacements', shipped_on, count(*)
from replacement
group by account_id, shipped_on
union all
select account_id, 'amazon', 'orders', purchased_on, count(*)
from order_line
group by account_id, purchased_on
union all
select account_id, 'amazon', 'reimbursements', approved_on, count(*)
from reimbursement
group by account_id, approved_on
union all
select account_id, channel, 'ledger', event_on, count(*)
from inventory_event
group by account_id, channel, event_on
union all
select account_id, channel, 'inbound', created_on, count(*)
from inbound_shipment
where created_on is not null
group by account_id, channel, created_on
union all
select account_id, 'amazon', 'removals', shipped_on, count(*)
from removal_shipment
group by account_id, shipped_on
union all
select account_id, 'amazon', 'removal_orders', requested_on, count(*)
from removal_order
group by account_id, requested_on
