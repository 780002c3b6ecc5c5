"""Runs the detectors for an account, settles what they found, and writes the account's items."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sqlalchemy import Connection, text

from core.detect.planned import Planned
from core.settle.cases import cases_of
from core.settle.equal import Written
from core.settle.load import QUERIES, load_facts
from core.settle.replay import replay
from core.settle.write import Outcomes

FOLDER = Path(__file__).parent

DETECTORS = (
    "inventory_lost",
    "inventory_damaged",
    "inventory_destroyed",
    "return_lost",
    "replacement_lost",
    "return_carrier_damaged",
    "refunded_more",
    "return_delayed",
    "shipment_lost",
    "shipment_damaged",
    "removal_lost",
    "referral_fee_overcharge",
    "fulfilment_fee_overcharge",
)
"""The categories that are detected: each has a query of its name beside this file."""

PREPARED = (
    "adjustment",
    "payment",
    "refunded",
    "sold",
    "due",
    "returned",
    "missing",
    "receipt",
    "shipment",
    "shipment_line",
    "removal_parcel",
    "fee_span",
    "charged",
    "previewed_rate",
    "commission_due",
)
"""What several detectors ask for, in the order in which it builds up: temporary tables, each by the query of its
name.
"""

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
null where no report tells it; `noted_on` is then the day that puts it in its place in history. Where `event_on` is
known, nothing is ready to claim before `noted_on`. `currency` is empty where the marketplace tells it. `unit_value` is
what a unit is worth where the event itself says so, else null. `most_open` caps the units that stay open, null for no
cap. `doubt` says why a person must look, or is empty.
"""

WORTH_STATISTICS = 1000
"""From so many rows on, a temporary table is looked at before it is joined: guessed sizes make plans that never end."""

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
    return detect_all(connection, [account_id])[account_id]


def detect_all(connection: Connection, accounts: Sequence[int]) -> dict[int, Detected]:
    """What `detect` does, for accounts together: many small ones take a fraction of the time that each would alone."""
    detected = {}
    for account_id, written in write_anew(connection, accounts).items():
        new, changed, unchanged, _ = written["item"]
        detected[account_id] = Detected(
            new + changed + unchanged, new, changed, unchanged, written["withdrawn_item"].new
        )
    return detected


def write_anew(connection: Connection, accounts: Sequence[int]) -> Mapping[int, Mapping[str, Written]]:
    """What `detect_all` does, and what that did to each account's rows of each of the tables that it writes."""
    _lock(connection, accounts)
    steps = {name: _query(name) for name in PREPARED}
    steps |= {"candidate": _candidates(), "judged": _query("judged"), "valued": _query("valued")}
    for table, query in steps.items():
        empty = text(f"create temp table {table} on commit drop as {query} with no data")
        connection.execute(empty, {"account_id": None})
    find = {f"find_{table}": f"insert into {table} {query}" for table, query in steps.items()}
    planned = Planned(connection, {"clear": _clear(steps), **find, **QUERIES}, for_many=len(accounts) > 1)
    outcomes = Outcomes(connection, accounts)
    for account_id in accounts:
        if len(accounts) > 1:
            planned.run("clear", *find, account_id=account_id)
        else:
            _find_with_statistics(connection, planned, steps, account_id)
        facts = load_facts(account_id, partial(planned.run, account_id=account_id))
        outcome = replay(facts)
        outcomes.add(account_id, outcome, cases_of(facts, outcome))
    planned.forget()
    connection.execute(text(f"drop table {', '.join(steps)}"))
    return outcomes.write()


def _find_with_statistics(connection: Connection, planned: Planned, tables: Iterable[str], account_id: int) -> None:
    """Fill the tables of a large account, so that the plan of each step knows what the steps before it found."""
    for table in tables:
        if planned.run(f"find_{table}", account_id=account_id).rowcount > WORTH_STATISTICS:
            connection.execute(text(f"analyze {table}"))


def _lock(connection: Connection, accounts: Sequence[int]) -> None:
    """Keep other detections of the accounts out until the transaction ends; always in one order, so that two never wait
    for each other.
    """
    in_order = "(select unnest(cast(:accounts as int[])) as account_id order by account_id) as given"
    locks = text(f"select pg_advisory_xact_lock(:lock, account_id) from {in_order}")
    connection.execute(locks, {"lock": LOCK, "accounts": list(accounts)})


def _clear(tables: Iterable[str]) -> str:
    """The statement that empties tables: to truncate small ones takes much longer."""
    deletes = ", ".join(f"empty_{table} as (delete from {table})" for table in tables)
    return f"with {deletes} select"


def _candidates() -> str:
    """The query for what the detectors find: one row an item that may be owed."""
    return " union all ".join(
        f"select md5('{category}' || e'\\x1f' || item_key)::uuid as item_id, '{category}' as category,"
        f" {', '.join(CANDIDATE)} from ({_query(category)}) as found"
        for category in DETECTORS
    )


@cache
def _query(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text()
