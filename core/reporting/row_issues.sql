-- one row per refused row of a report and column that could not be read
create view reporting.row_issues with (security_invoker = true) as
select
    a.code as account,
    s.format,
    s.file,
    i.line,
    i.column_name,
    i.value,
    i.reason
from row_issue as i
inner join sync_run as s on s.account_id = i.account_id and s.run_id = i.run_id
inner join account as a on a.account_id = i.account_id
