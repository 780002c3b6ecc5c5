-- one row per stored report row, whatever its report
create view derived.source_row with (security_invoker = true) as
select account_id, row_id, file_id, line, source_line from inventory_event
union all
select account_id, row_id, file_id, line, source_line from reimbursement
union all
select account_id, row_id, file_id, line, source_line from customer_return
union all
select account_id, row_id, file_id, line, source_line from settlement_line
union all
select account_id, row_id, file_id, line, source_line from case_entry
union all
select account_id, row_id, file_id, line, source_line from sourcing_cost
union all
select account_id, row_id, file_id, line, source_line from inventory_balance
union all
select account_id, row_id, file_id, line, source_line from legacy_adjustment
union all
select account_id, row_id, file_id, line, source_line from replacement
union all
select account_id, row_id, file_id, line, source_line from order_line
union all
select account_id, row_id, file_id, line, source_line from customer_shipment
union all
select account_id, row_id, file_id, line, source_line from settlement_v1_row
union all
select account_id, row_id, file_id, line, source_line from finance_transaction
union all
select account_id, row_id, file_id, line, source_line from fee_preview
union all
select account_id, row_id, file_id, line, source_line from referral_fee_preview
union all
select account_id, row_id, file_id, line, source_line from removal_order
union all
select account_id, row_id, file_id, line, source_line from removal_shipment
union all
select account_id, row_id, file_id, line, source_line from inbound_shipment
union all
select account_id, row_id, file_id, line, source_line from inbound_item
union all
select account_id, row_id, file_id, line, source_line from shipment_delivery
union all
select account_id, row_id, file_id, line, source_line from return_order_line
