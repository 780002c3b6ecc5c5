"""The lists of Data sync: reports, refused rows, refused files, and words that no registry knows."""

from typing import Literal

from core import money
from core.lists.common import ACCOUNT, REPORT, UNITS
from core.lists.list_spec import Column, ListSpec, Row, never
from core.queries import data_sync
from core.queries.columns import Orders
from core.vocabulary import REPORTS

STATES: dict[str, str] = {
    "gap": "Gap",
    "late": "Late",
    "never": "Never",
    "refused": "Refused",
    "covered": "Covered",
}
"""The states of an account's report, worst first."""

STATE_COLOURS: tuple[Literal["red", "orange", "gray", "violet", "green"], ...] = (
    "red",
    "orange",
    "gray",
    "violet",
    "green",
)
"""Theme colours of the states."""


def _states(row: Row) -> list[str]:
    has = {
        "gap": row["has_gap"],
        "late": row["is_stale"] or row["is_overdue"],
        "refused": row["rows_refused"] > 0 or row["files_refused"] > 0,
    }
    return [STATES[code] for code, is_so in has.items() if is_so] or [STATES["covered"]]


def _amount(row: Row) -> str:
    return money.formatted(row["amount"], row["currency"]) if row["currency"] else ""


def _keys(name: str) -> Orders:
    return {name: data_sync.ORDERS[name]}


REPORTS_SYNCED = ListSpec(
    "sync_reports",
    noun="report",
    label="Reports",
    query=data_sync.listed,
    keys=_keys("reports"),
    columns=(
        Column("format", "Report", registry=REPORTS),
        Column(
            "states",
            "State",
            "badges",
            registry=STATES,
            colours=STATE_COLOURS,
            help="Gap: days between its data are missing. Late: its data are older than usual, or a sync is due."
            " Refused: rows or files could not be read.",
            cell=_states,
            reads=("has_gap", "is_stale", "is_overdue", "rows_refused", "files_refused"),
        ),
        Column("data_through", "Data through", "date", help="The last day that the report's rows are about."),
        ACCOUNT,
        Column("last_synced_at", "Last synced", "moment"),
        Column(
            "next_expected_on",
            "Next expected",
            "date",
            help="By the report's own rhythm: the median distance of its past syncs.",
        ),
        Column("files", "Files", "count"),
        Column("rows", "Rows", "count"),
        Column("rows_refused", "Rows refused", "count"),
    ),
    alt="Reports that were synced, and how fresh they are",
    nothing=("No report has been synced yet.", "Import files above, or ask for them to be synced."),
    is_by_account=True,
)

REFUSED_ROWS = ListSpec(
    "sync_issues",
    noun="refused row",
    label="Refused rows",
    query=data_sync.listed,
    keys=_keys("issues"),
    columns=(
        Column("file", "File", file="text"),
        Column("line", "Line", file="number"),
        Column("column_name", "Column", file="text"),
        Column("value", "Value", file="text"),
        Column("reason", "Reason", "wide", file="text"),
        ACCOUNT,
        REPORT,
        Column("taken_at", "Taken", "moment", file="date"),
    ),
    alt="Rows that were refused",
    file_name="refused_rows",
    file_order="account report file taken_at line column_name value reason",
    is_by_account=True,
)

REFUSED_FILES = ListSpec(
    "sync_refused",
    noun="refused file",
    label="Refused files",
    query=data_sync.listed,
    keys=_keys("files"),
    columns=(
        Column("message", "Why it was refused", width="large"),
        Column("file", "File", width="medium"),
        ACCOUNT,
        REPORT,
        Column("refused_at", "Refused", "moment"),
    ),
    alt="Files that were refused",
    is_by_account=True,
)

UNKNOWN_WORDS = ListSpec(
    "sync_words",
    noun="unknown word",
    label="Unknown words",
    query=data_sync.listed,
    keys=_keys("words"),
    columns=(
        REPORT,
        Column("column_name", "Column", file="text", cell=lambda row: row["column_name"].replace("_", " ")),
        Column("word", "Word", file="text", width=170),
        Column("rows", "Rows", "count", file="number"),
        UNITS,
        Column("amount", "Amount", file="amount", cell=_amount, reads=("amount", "currency")),
        Column("currency", file="text", where=never),
        Column("first_on", "First", "date", file="date", help="The first day on which it stands."),
        Column("last_on", "Last", "date", file="date", help="The last day on which it stands."),
        ACCOUNT,
    ),
    alt="Words that no list knows",
    advice="Recoup does not know these words. What has them is stored, and no rule uses it. Tell whoever runs Recoup.",
    file_name="unknown_words",
    file_order="account report column_name word rows units amount currency first_on last_on",
    is_by_account=True,
)

ALL = (REPORTS_SYNCED, REFUSED_ROWS, REFUSED_FILES, UNKNOWN_WORDS)
