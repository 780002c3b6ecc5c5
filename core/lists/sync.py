"""The lists of Data sync: the reports, the rows and files that were refused, and the words that no registry knows."""

from core import money
from core.lists.common import ACCOUNT, REPORT, UNITS
from core.lists.list_spec import Column, ListSpec, Row, never
from core.queries import data_sync
from core.queries.columns import Orders
from core.vocabulary import REPORTS

STATES: dict[str, str] = {
    "hole": "Hole",
    "stale": "Stale",
    "overdue": "Overdue",
    "refused": "Rows refused",
    "up_to_date": "Up to date",
}
"""The states of a report, worst first."""


def _states(row: Row) -> list[str]:
    has = (bool(row["holes"]), row["is_stale"], row["is_overdue"], row["rows_refused"] > 0)
    labels = list(STATES.values())
    return [label for label, is_so in zip(labels, has, strict=False) if is_so] or labels[-1:]


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
            colours=("red", "orange", "orange", "gray", "green"),
            help="What is not as it should be; worst first.",
            cell=_states,
            reads=("holes", "is_stale", "is_overdue", "rows_refused"),
        ),
        Column("data_through", "Data through", "date", help="The last day that the report's rows are about."),
        ACCOUNT,
        Column("last_synced_at", "Last synced", "moment"),
        Column(
            "next_expected_on",
            "Next expected",
            "date",
            help="By the report's own rhythm: the median distance of its past syncs. A dash: none yet.",
        ),
        Column(
            "holes",
            "Holes",
            "wide",
            help="Days without a row between the data of two files: more than a week of what happens every day, and of"
            " what happens now and then more than its own rhythm explains.",
            cell=lambda row: ", ".join(row["holes"]),
            may_be_empty=True,
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
        Column("file", "File"),
        Column("message", "Message", width="large"),
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
        Column("word", "Word", file="text"),
        Column("rows", "Rows", "count", file="number"),
        UNITS,
        Column("amount", "Amount", file="amount", cell=_amount, reads=("amount", "currency")),
        Column("currency", file="text", where=never),
        Column("first_on", "First", "date", file="date", help="The first day on which it stands."),
        Column("last_on", "Last", "date", file="date", help="The last day on which it stands."),
        ACCOUNT,
    ),
    alt="Words that no list knows",
    advice="Recoup does not know these words. Rows with them are stored, and no rule uses them.",
    file_name="unknown_words",
    file_order="account report column_name word rows units amount currency first_on last_on",
    is_by_account=True,
)

ALL = (REPORTS_SYNCED, REFUSED_ROWS, REFUSED_FILES, UNKNOWN_WORDS)
