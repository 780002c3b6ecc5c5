-- one row per report file that was taken or refused
create view reporting.sync_runs with (security_invoker = true) as
select
    a.code as account,
    s.format,
    s.file,
    s.sha256,
    s.started_at,
    s.finished_at,
    s.status,
    s.rows,
    s.new,
    s.changed,
    s.unchanged,
    s.refused,
    s.data_from,
    s.data_through
from sync_run as s
inner join account as a on a.account_id = s.account_id
