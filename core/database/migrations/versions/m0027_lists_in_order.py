"""Each stage's list has an index for each of its orders, for one account and for many.

Over many accounts a day of ten million items has thousands: the index that goes by day has the amount too, by which the
list goes within a day, so that a hundred rows are read and no others. What a list passes over (a deadline that is too
far, a day of opening) is read from the index alone. They take the place of those that held what no list asks for
together: all events, and all that is not paid.
"""

from alembic import op

from core.database.migrations.versions.m0014_kept_totals import NEWEST, OPEN_PARTS

revision = "0027"
down_revision = "0026"

OLD = (
    *(f"item_{part}_by_{order}" for part in OPEN_PARTS for order in ("deadline", "amount")),
    *("item_by_event", "item_open_by_event", "item_not_paid_by_event", "item_in_case_by_amount"),
)
DECIDED_PARTS = {
    "in_case": ("units_in_case <> 0", "units_in_case * unit_value"),
    "claimed": ("(units_claimed <> 0 or claimed <> 0)", "claimed"),
    "denied": ("units_denied <> 0", "units_denied * unit_value"),
    "reversed": ("(units_reversed <> 0 or reversed <> 0)", "reversed"),
}
"""For each part for which no deadline runs: when an item has it, and its amount."""

ALSO = {"sure": ("deadline_on", "opens_on"), "review": ("deadline_on",), "open": ("deadline_on",)}
"""What is looked at in passing."""


def of_part(part: str, has_it: str, amount: str) -> list[str]:
    """The statements that make a part's indexes."""
    by_amount, also = f"(coalesce(-({amount}), 1))", ALSO.get(part, ())
    orders = {"amount": (by_amount, *also[:1]), "event": (NEWEST, by_amount)}
    if also:
        orders["deadline"] = ("deadline_on", by_amount)
    statements = []
    for name, (first, *then) in orders.items():
        passing = [each for each in also if each not in (first, *then)]
        of_account = ("account_id", first, *(each for each in (*then, *passing) if each != by_amount))
        of_all = (first, *then, "account_id", *passing)
        for whose, columns in (("account", of_account), ("all", of_all)):
            by = ", ".join(columns)
            statements.append(f"create index item_{part}_by_{name}_of_{whose} on item ({by}) where {has_it}")
    return statements


def upgrade() -> None:
    """Make the indexes anew."""
    for name in OLD:
        op.execute(f"drop index {name}_of_account, {name}_of_all")
    for part, (has_it, amount) in {**OPEN_PARTS, **DECIDED_PARTS}.items():
        for statement in of_part(part, has_it, amount):
            op.execute(statement)
    op.execute("analyze item")  # else the server knows nothing of an expression before many rows have changed
