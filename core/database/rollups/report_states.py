"""Report states: keeps the table `report_state` equal to the summary of all sync attempts."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

from core.reporting.rollups import FOLDER
from core.vocabulary import REPORTS

_DATA = (
    *("rhythm", "files", "files_refused", "rows", "rows_refused", "last_synced_at", "data_from", "data_through"),
    *("quiet_days", "holes", "next_expected_on"),
)
_COLUMNS = ", ".join(("account_id", "format", *_DATA))


def refresh_report_state(connection: Connection, account_id: int, run_id: int) -> None:
    """Recompute the state of an attempt's report from all its attempts, in the attempt's transaction."""
    query = text("select format from sync_run where account_id = :account_id and run_id = :run_id")
    found = connection.execute(query, {"account_id": account_id, "run_id": run_id}).scalar_one()
    of_report = "s.format is null" if found is None else "s.format = :format"
    _keep(connection, [account_id], of_report, {} if found is None else {"format": found})


def refresh_report_states(connection: Connection, accounts: Sequence[int]) -> None:
    """Recompute every report state of some accounts."""
    _keep(connection, accounts, "true", {})


def refresh_outdated_report_states(connection: Connection) -> None:
    """Recompute the report states of all accounts where a migration has just created the table, and of reports whose
    rhythm in the registry has changed.
    """
    query = """
        select not exists (select from report_state) or exists (
            select from report_state as s
            inner join unnest(cast(:formats as text[]), cast(:rhythms as text[])) as r (format, rhythm)
                on r.format = s.format and r.rhythm <> s.rhythm
        )
    """
    if connection.execute(text(query), _registry()).scalar_one():
        refresh_report_states(connection, list(connection.execute(text("select account_id from account")).scalars()))


def differing_reports(connection: Connection, accounts: Sequence[int]) -> Mapping[int, int]:
    """The number of outdated report states by account."""
    query = f"""
        with told as ({_query("true")}), kept as (select * from report_state where account_id = any(:accounts))
        select coalesce(t.account_id, k.account_id) as account_id, count(*) as reports
        from (select {_COLUMNS} from told) as t
        full join (select {_COLUMNS} from kept) as k on k.account_id = t.account_id and k.format = t.format
        where t is distinct from k
        group by 1
    """
    return {row.account_id: row.reports for row in connection.execute(text(query), _values(accounts))}


def _keep(connection: Connection, accounts: Sequence[int], of_report: str, more: Mapping[str, str]) -> None:
    changes = ", ".join(f"{name} = excluded.{name}" for name in _DATA)
    statement = (
        f"insert into report_state ({_COLUMNS}) {_query(of_report)}"
        f" on conflict (account_id, format) do update set {changes}"
    )
    connection.execute(text(statement), {**_values(accounts), **more})


def _query(of_report: str) -> str:
    return (FOLDER / "report_state.sql").read_text().replace("{of_report}", of_report)


def _values(accounts: Sequence[int]) -> dict[str, object]:
    return {"accounts": list(accounts)} | _registry()


def _registry() -> dict[str, object]:
    return {"formats": list(REPORTS), "rhythms": [each.rhythm.value for each in REPORTS.values()]}
