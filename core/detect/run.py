"""Runs the detectors for an account, settles what they found, and writes the account's items."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from core.settle.cases import cases_of
from core.settle.load import load_facts
from core.settle.replay import replay
from core.settle.write import Written, write_outcome

FOLDER = Path(__file__).parent

DETECTORS = ("inventory_lost", "inventory_damaged")
"""The categories that are detected: each has a query of its name beside this file."""

CANDIDATE = (
    "account_id",
    "item_key",
    "row_id",
    "made_by",
    "reduced_by",
    "channel",
    "marketplace",
    "currency",
    "event_on",
    "noted_on",
    "sku",
    "fnsku",
    "asin",
    "gtin",
    "order_id",
    "shipment_id",
    "units",
    "most_open",
    "unit_value",
    "doubt",
)
"""The columns of every detector's query, in any order.

`item_key` names the event the same way in every database, `row_id` is the report row that it stands on, `made_by` all
rows that it was made of and `reduced_by` those that left less of it. `event_on` starts the claim window's clock and is
null where no report tells it; `noted_on` is then the day that puts it in its place in history. `currency` is empty
where the marketplace tells it. `unit_value` is what a unit is worth where the event itself says so, else null.
`most_open` caps the units that stay open, null for no cap. `doubt` says why a person must look, or is empty.
"""

LOCK = 0x4454  # the letters "DT": the class of the advisory locks, one an account


@dataclass
class Detected:
    """What a detection did to the items of one account or of several."""

    items: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Detected") -> "Detected":
        return Detected(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


def detect(connection: Connection, account_id: int) -> Detected:
    """Detect and settle one account from all of its rows, in the caller's transaction. Doing it again changes
    nothing.
    """
    items = write_anew(connection, account_id)["item"]
    return Detected(items.new + items.changed + items.unchanged, *items)


def write_anew(connection: Connection, account_id: int) -> dict[str, Written]:
    """What `detect` does, and what that did to each of the tables that it writes."""
    connection.execute(text("select pg_advisory_xact_lock(:lock, :account)"), {"lock": LOCK, "account": account_id})
    _find_candidates(connection, account_id)
    for name in ("judged", "valued"):
        query = _query(name)
        connection.execute(text(f"create temp table {name} on commit drop as {query}"), {"account_id": account_id})
    candidates = connection.execute(
        text(
            "select j.*, v.unit_value as best_value, coalesce(v.value_basis, 'unknown') as value_basis, v.value_row_id"
            " from judged as j left join valued as v on v.account_id = j.account_id and v.item_id = j.item_id"
        )
    )
    facts = load_facts(connection, account_id, candidates)
    outcome = replay(facts)
    written = write_outcome(connection, account_id, outcome, cases_of(facts, outcome))
    for name in ("candidate", "judged", "valued"):
        connection.execute(text(f"drop table {name}"))
    return written


def _find_candidates(connection: Connection, account_id: int) -> None:
    """Put what the detectors find into the temporary table `candidate`: one row an item that may be owed."""
    found = " union all ".join(
        f"select md5('{category}' || e'\\x1f' || item_key)::uuid as item_id, '{category}' as category,"
        f" {', '.join(CANDIDATE)} from ({_query(category)}) as found"
        for category in DETECTORS
    )
    connection.execute(text(f"create temp table candidate on commit drop as {found}"), {"account_id": account_id})


def _query(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text()
