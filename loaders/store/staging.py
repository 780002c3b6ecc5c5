"""The staging table of one file: its rows as they are to be stored, each with a hash of its key."""

from collections.abc import Iterable

from sqlalchemy import Connection, text

from core.errors import FileRefused
from loaders.declare.columns import Currency, Moment
from loaders.declare.decimals import currencies_of
from loaders.declare.issues import ANEW
from loaders.declare.report_format import ReportFormat

WORK_MEMORY = "64MB"
"""Sort memory of the server for one file's rows."""

KEY_DIGITS = 24
"""Hexadecimal digits of a key's hash."""

StagedColumns = tuple[tuple[str, str], ...]

# The hashed form of a value. The text of a date or moment depends on server settings, and a row's name must not.
_TEXTS = {
    "date": "({} - date '2000-01-01')::text",
    "timestamptz": "extract(epoch from {} at time zone 'UTC')::text",
}


def create_staging(connection: Connection, report: type[ReportFormat], staged: StagedColumns) -> None:
    """Create the table, dropped at the end of the transaction. The server computes the hashes while it waits
    for rows.
    """
    columns = ", ".join(f"{name} {sql_type}" for name, sql_type in staged)
    hashed = f"left(md5({_key(report, staged)}), {KEY_DIGITS})"
    connection.execute(
        text(
            f'create temp table staging ({columns}, key_hash text collate "C" generated always as ({hashed}) stored)'
            " on commit drop"
        )
    )
    connection.execute(text(f"set local work_mem = '{WORK_MEMORY}'"))


def place_in_time(connection: Connection, report: type[ReportFormat], staged: StagedColumns) -> None:
    """Set the day of each staged moment, in the time zone of the row's marketplace."""
    names = [name for name, _ in staged]
    for day, moment in days_of_moments(report).items():
        if moment in names:
            connection.execute(
                text(
                    f"update staging as s set {day} = (s.{moment} at time zone m.time_zone)::date"
                    f" from marketplace as m where m.marketplace = s.marketplace and s.{moment} is not null"
                )
            )


def days_of_moments(report: type[ReportFormat]) -> dict[str, str]:
    """The columns with a day that depends on a moment and a marketplace's time zone, each with the moment's column."""
    moments = [column for column in report.columns if isinstance(column, Moment)]
    return {column.day or column.refines: column.name for column in moments if column.day or column.refines}


def check_days(connection: Connection, report: type[ReportFormat], staged: StagedColumns) -> None:
    """Raises FileRefused where a separately stated day differs from its moment: a spreadsheet has swapped days and
    months.
    """
    names = [name for name, _ in staged]
    headers = {column.name: column.header for column in report.columns}
    pairs = [(each.beside or each.refines, each.name) for each in report.columns if isinstance(each, Moment)]
    for day, moment in pairs:
        if not day or moment not in names:
            continue
        found = connection.execute(
            text(
                f"select line, {day} as day, {moment} at time zone 'UTC' as moment from staging"
                f" where abs({day} - ({moment} at time zone 'UTC')::date) > 1 order by line limit 1"
            )
        ).one_or_none()
        if found is not None:
            raise FileRefused(
                f"says {found.day:%Y-%m-%d} under {headers[day]} and {found.moment:%Y-%m-%d} under {headers[moment]} in"
                f" line {found.line}. A spreadsheet has probably turned days and months around. {ANEW}"
            )


def check_signs(connection: Connection, report: type[ReportFormat], signs: Iterable[str]) -> None:
    """Raises FileRefused where an amount has the sign of a currency that no row has."""
    column = next((each.name for each in report.columns if isinstance(each, Currency)), None)
    if column is None or not signs:
        return
    stated = set(connection.execute(text(f"select distinct {column} from staging where {column} <> ''")).scalars())
    for sign in signs:
        if stated and stated.isdisjoint(currencies_of(sign)):
            raise FileRefused(f"has amounts in {sign}, and its rows are in {', '.join(sorted(stated))}")


def _key(report: type[ReportFormat], staged: StagedColumns) -> str:
    """The row's key in the file. A day that depends on the marketplace's time zone is replaced by its moment, so that
    the key does not depend on the marketplace.
    """
    types, moments = dict(staged), days_of_moments(report)
    key_columns = [[*filter(None, [moments.get(name)]), name] for name in report.key if name in types]
    parts = [", ".join(_TEXTS.get(types[name], "{}::text").format(name) for name in names) for names in key_columns]
    return " || e'\\x1f' || ".join([f"'{report.code}'", *(f"coalesce({part}, '')" for part in parts)])
