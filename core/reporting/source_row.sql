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
