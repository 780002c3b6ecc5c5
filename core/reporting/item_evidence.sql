-- one row per item and report row that created, reduced, settled or valued it
create view reporting.item_evidence with (security_invoker = true) as
select
    a.code as account,
    e.item_id,
    e.role,
    f.file,
    r.line,
    f.format,
    derived.raw(f.columns, r.source_line) as raw
from item_evidence as e
inner join account as a on a.account_id = e.account_id
inner join derived.source_row as r on r.account_id = e.account_id and r.row_id = e.row_id
inner join source_file as f on f.account_id = r.account_id and f.file_id = r.file_id
