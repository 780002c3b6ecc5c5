"""The register of files and attempts, with refused rows."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, text

from core.database.rollups.totals import record_sync
from loaders.declare.dates import latest_in_name
from loaders.declare.places import Account
from loaders.read.rows import RowPlan
from loaders.store.attempt import FileResult, Taking
from loaders.store.documents import IdentifiedDocument
from loaders.store.merge import TakenFile


def was_taken_before(taking: Taking) -> bool:
    """Whether the same content was synced before with the same options; if so, the result has the earlier counts."""
    found = taking.connection.execute(
        text(
            "select f.rows, f.refused, r.data_from, r.data_through from source_file as f"
            " left join sync_run as r on r.account_id = f.account_id and r.sha256 = f.sha256 and r.format = f.format"
            " and r.status = 'taken'"
            " where f.account_id = :account_id and f.sha256 = :sha256 and f.format = :format and f.options = :options"
            " order by f.file_id, r.run_id limit 1"
        ),
        {**_same_bytes(taking), "options": _options_key(taking)},
    ).one_or_none()
    if found is None:
        return False
    result = taking.result
    result.rows, result.refused, result.data_from, result.data_through = found
    result.unchanged = result.rows - result.refused
    result.status, result.message = "already_taken", "This file was taken before."
    return True


def insert_file(taking: Taking, plan: RowPlan, document: IdentifiedDocument | None) -> TakenFile:
    """Register the file of this sync."""
    exported_on = _exported_on(taking)
    file_id: int = taking.connection.execute(
        text(
            """
            insert into source_file (account_id, format, file, sha256, options, columns, exported_on, document,
                control_total_holds, rows, refused)
            values (:account_id, :format, :file, :sha256, :options, :columns, :exported_on, :document,
                :control_total_holds, :rows, :refused)
            returning file_id
            """
        ),
        {
            **_same_bytes(taking),
            "file": taking.result.file,
            "options": _options_key(taking),
            "columns": list(plan.kept),
            "exported_on": exported_on,
            "document": document.name if document else None,
            "control_total_holds": document.adds_up if document else None,
            "rows": taking.result.rows,
            "refused": taking.result.refused,
        },
    ).scalar_one()
    staged = taking.result.rows - taking.result.refused
    return TakenFile(taking.account.account_id, file_id, taking.contents.sha256, exported_on, staged)


def record_attempt(connection: Connection, account: Account, result: FileResult, started_at: datetime) -> None:
    """Register the attempt and its refused rows."""
    run_id = connection.execute(
        text(
            """
            insert into sync_run (account_id, format, file, sha256, started_at, finished_at, status, message, rows, new,
                changed, unchanged, refused, data_from, data_through)
            values (:account_id, :format, :file, :sha256, :started_at, :finished_at, :status, :message, :rows, :new,
                :changed, :unchanged, :refused, :data_from, :data_through)
            returning run_id
            """
        ),
        {
            "account_id": account.account_id,
            "started_at": started_at,
            "finished_at": datetime.now(UTC),
            "data_from": result.data_from,
            "data_through": result.data_through,
            **result.as_json(),
        },
    ).scalar_one()
    record_sync(connection, account.account_id, run_id)
    if result.issues:
        connection.execute(
            text(
                "insert into row_issue (account_id, run_id, line, column_name, value, reason)"
                " values (:account_id, :run_id, :line, :column, :value, :reason) on conflict do nothing"
            ),
            [{"account_id": account.account_id, "run_id": run_id, **vars(issue)} for issue in result.issues],
        )


def _exported_on(taking: Taking) -> date | None:
    """The file's export date: that of the newest copy with the same content."""
    last_row = taking.result.data_through if taking.report.is_as_new_as_its_rows else None
    named = latest_in_name(taking.contents.name) or taking.options.exported_on or last_row
    before: date | None = taking.connection.execute(
        text(
            "select max(exported_on) from source_file"
            " where account_id = :account_id and sha256 = :sha256 and format = :format"
        ),
        _same_bytes(taking),
    ).scalar_one()
    return max((day for day in (named, before) if day), default=None)


def _same_bytes(taking: Taking) -> dict[str, Any]:
    return {
        "account_id": taking.account.account_id,
        "sha256": taking.contents.sha256,
        "format": taking.report.code,
    }


def _options_key(taking: Taking) -> str:
    """The options that a file's rows depend on: with other options, the file is merged again."""
    options = taking.options
    parts = (
        options.marketplace.code if options.marketplace else "",
        str(latest_in_name(taking.contents.name) or options.exported_on or ""),
        *(entry.code for entry in taking.account.marketplaces),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
