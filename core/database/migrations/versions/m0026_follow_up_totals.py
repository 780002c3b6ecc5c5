"""A kept total of the follow-ups, by the last day on which something can be done, and the indexes by which the first
hundred of each list are found in either of its orders, for one account and for many.

The total is filled when all migrations are done (core.database.rollups.totals).
"""

from alembic import op

from core.database.migrations.versions.m0017_outcome_totals import make_total

revision = "0026"
down_revision = "0025"

COLUMNS = """
    list text not null, until_on date not null, marketplace text not null, currency text not null,
    rows bigint not null, amount numeric not null
"""
UNTIL = "(case when re_evaluation_until is null then '9999-12-31' else re_evaluation_until end)"


def both(table: str, name: str, first: str, by: str, condition: str = "") -> list[str]:
    """The index for one account, and the one for many; `first` is what all rows of the list have alike."""
    where = f" where {condition}" if condition else ""
    return [
        f"create index {table}_{name}_of_account on {table} (account_id, {first}{by}){where}",
        f"create index {table}_{name}_of_all on {table} ({first}{by}, account_id){where}",
    ]


def upgrade() -> None:
    """Make the table, and the indexes."""
    make_total("follow_up_total", COLUMNS, "list, until_on, marketplace, currency", also="rows, amount")
    for statement in (
        "drop index item_underpaid",
        *both("item", "underpaid_by_day", "", UNTIL, "units_underpaid > 0"),
        *both("item", "underpaid_by_amount", "", f"(-underpaid), {UNTIL}", "units_underpaid > 0"),
        "drop index cash_difference_by_side",
        *both("cash_difference", "by_day", "side, ", "moved_on"),
        *both("cash_difference", "by_amount", "side, ", "(-amount)"),
        *both("withdrawn_item", "by_day", "", "((withdrawn_at at time zone 'UTC')::date)"),
        *both("withdrawn_item", "by_amount", "", "(-detected)"),
        *(f"analyze {table}" for table in ("item", "cash_difference", "withdrawn_item")),
    ):
        op.execute(statement)
