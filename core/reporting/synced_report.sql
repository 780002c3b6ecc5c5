-- one row per account and report that was synced or refused; `format` is null for files of no known report. Refreshed with every
-- attempt (core/reporting/rollups/report_state.sql defines gaps and the next expected sync)
create view derived.synced_report with (security_invoker = true) as
select
    account_id,
    nullif(format, '') as format,
    files,
    files_refused,
    rows,
    rows_refused,
    last_synced_at,
    data_from,
    data_through,
    quiet_days,
    holes,
    next_expected_on
from report_state
