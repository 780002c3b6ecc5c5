"""Reports with complete records (a shipment with its items, a return with its lines), one or many per file: a newer
export of a record replaces all of its older rows.

Exports of one day are parts of one: pages of an API may split a shipment, so a row missing in one of them is not gone.
The resulting rows depend only on the files, never on their order.
"""

from typing import Any

from sqlalchemy import Connection, text

from loaders.declare.report_format import ReportFormat
from loaders.store import changes
from loaders.store.merge import MergeCounts, TakenFile, merge
from loaders.store.staging import StagedColumns


def replace_records(
    connection: Connection, report: type[ReportFormat], staged: StagedColumns, file: TakenFile
) -> MergeCounts:
    """Merge the staged rows of records without a newer export, and delete the rows that they replace. Of records with a
    newer export, use only a marketplace that was unknown.

    Rows of an outdated export count as unchanged, deleted rows as changed.
    """
    _mark_late(connection, report, file)
    counts = merge(connection, report, staged, file, dict(report.constants))
    gone = _drop_stored_of_older(connection, report, file)
    return counts._replace(changed=counts.changed + gone)


def _mark_late(connection: Connection, report: type[ReportFormat], file: TakenFile) -> None:
    connection.execute(text("alter table staging add column is_late boolean not null default false"))
    connection.execute(
        text(f"""
            update staging as s set is_late = true
            where exists (
                select 1
                from {report.table} as t
                inner join source_file as f on f.account_id = t.account_id and f.file_id = t.file_id
                where
                    t.account_id = :account_id
                    and t.{report.whole_by} = s.{report.whole_by}
                    and f.format = :format
                    and f.sha256 <> :sha256
                    and coalesce(f.exported_on, '-infinity') > coalesce(cast(:exported_on as date), '-infinity')
            )
        """),
        _parameters(report, file),
    )


def _drop_stored_of_older(connection: Connection, report: type[ReportFormat], file: TakenFile) -> int:
    older = f"""
        t.account_id = :account_id
        and f.account_id = t.account_id
        and f.file_id = t.file_id
        and f.format = :format
        and t.{report.whole_by} in (select {report.whole_by} from staging where not is_late)
        and coalesce(f.exported_on, '-infinity') < coalesce(cast(:exported_on as date), '-infinity')
    """
    return changes.delete(connection, report.table, older, _parameters(report, file), using="using source_file as f")


def _parameters(report: type[ReportFormat], file: TakenFile) -> dict[str, Any]:
    return {
        "account_id": file.account_id,
        "format": report.code,
        "sha256": file.sha256,
        "exported_on": file.exported_on,
    }
