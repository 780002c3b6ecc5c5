"""Writes what settlement found: items, their evidence and cases. Only what differs is written, so ids and rows stay."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from core.database.copy import copy_rows
from core.settle.books import Outcome
from core.settle.cases import Case
from core.settle.facts import Event, Payment
from core.settle.lot import Lot

SUSPECTED = "A payment for the same goods shortly before the event may be for it."


class Written(NamedTuple):
    """How many rows of a table were added, changed, left as they were and removed."""

    new: int
    changed: int
    unchanged: int
    gone: int


def write_outcome(
    connection: Connection, account_id: int, outcome: Outcome, cases: Sequence[Case]
) -> dict[str, Written]:
    """Make the account's items, evidence and cases equal to the outcome, and say what that did to each table."""
    lots = outcome.lots
    items = _make_equal(connection, account_id, "item", ("item_id",), [_item(lot) for lot in lots])
    evidence = _make_equal(
        connection,
        account_id,
        "item_evidence",
        ("item_id", "role", "row_id"),
        [
            {"item_id": lot.item_id, "role": role, "row_id": row_id, "units": units, "amount": amount}
            for lot in lots
            for (role, row_id), (units, amount) in lot.evidence.items()
        ],
    )
    claim_cases = _make_equal(
        connection, account_id, "claim_case", ("marketplace", "case_id"), [_case(case) for case in cases]
    )
    of_cases = _make_equal(
        connection,
        account_id,
        "claim_case_item",
        ("marketplace", "case_id", "item_id"),
        [
            {"marketplace": case.marketplace, "case_id": case.case_id, "item_id": item_id, "units": units}
            for case in cases
            for item_id, units in case.units_of_items.items()
        ],
    )
    return {"item": items, "item_evidence": evidence, "claim_case": claim_cases, "claim_case_item": of_cases}


def _item(lot: Lot) -> dict[str, Any]:
    return {
        "item_id": lot.item_id,
        **(_of_event(lot, lot.origin) if isinstance(lot.origin, Event) else _of_payment(lot.origin)),
        **lot.origin.goods.as_columns(),
        "case_id": lot.last_case,
        "units": lot.units,
        "units_open": lot.open,
        "units_in_case": lot.units_held,
        "units_denied": lot.units_denied,
        "units_claimed": lot.claimed,
        "units_reversed": lot.reversed,
        "units_in_kind": lot.in_kind,
        "claimed": lot.claimed_amount,
        "reversed": lot.reversed_amount,
        "detected": lot.detected,
        "rest": lot.rest,
        "units_underpaid": lot.units_underpaid,
        "underpaid": lot.underpaid,
        "re_evaluation_until": lot.re_evaluation_until,
        "note": lot.note,
    }


def _of_event(lot: Lot, event: Event) -> dict[str, Any]:
    return {
        "origin": "event",
        "marketplace": event.marketplace,
        "category": event.category,
        "event_on": event.event_on,
        "opens_on": event.opens_on,
        "deadline_on": event.deadline_on,
        "window_rule": event.window_rule,
        "window_confidence": event.window_confidence,
        "review_reason": event.doubt or (SUSPECTED if lot.suspected and lot.open else None),
        "currency": lot.currency,
        "unit_value": event.unit_value,
        "value_basis": event.value_basis,
        "units_doubtful": lot.open if event.doubt else min(lot.suspected, lot.open),
    }


def _of_payment(payment: Payment) -> dict[str, Any]:
    return {
        "origin": "payment",
        "marketplace": payment.marketplace,
        "category": payment.category or "other",
        "event_on": payment.paid_on,
        "opens_on": None,
        "deadline_on": None,
        "window_rule": None,
        "window_confidence": None,
        "review_reason": None,
        "currency": payment.currency,
        "unit_value": None,
        "value_basis": "paid",
        "units_doubtful": 0,
    }


def _case(case: Case) -> dict[str, Any]:
    return {name: value for name, value in vars(case).items() if name != "units_of_items"}


def _make_equal(
    connection: Connection, account_id: int, table: str, key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]
) -> Written:
    """Make an account's rows of a table equal to those given, by key, through a temporary copy of them."""
    wanted = f"wanted_{table}"
    connection.execute(text(f"create temp table {wanted} (like {table}) on commit drop"))
    if rows:
        copy_rows(connection, wanted, ["account_id", *rows[0]], ([account_id, *row.values()] for row in rows))
    gone: int = connection.execute(
        text(
            f"with gone as (delete from {table} as t where t.account_id = :account_id and not exists"
            f" (select 1 from {wanted} as w where w.account_id = t.account_id and {_same(key)}) returning 1)"
            " select count(*) from gone"
        ),
        {"account_id": account_id},
    ).scalar_one()
    new, changed = _upsert(connection, table, wanted, key, list(rows[0])) if rows else (0, 0)
    connection.execute(text(f"drop table {wanted}"))
    return Written(new, changed, len(rows) - new - changed, gone)


def _same(key: tuple[str, ...]) -> str:
    return " and ".join(f"w.{name} = t.{name}" for name in key)


def _upsert(
    connection: Connection, table: str, wanted: str, key: tuple[str, ...], columns: Sequence[str]
) -> tuple[int, int]:
    """Insert or change what differs; returns how many rows were new and how many changed."""
    data = [name for name in columns if name not in key]
    stored = ", ".join(("account_id", *columns))
    updates = ", ".join(f"{name} = excluded.{name}" for name in data)
    differs = " or ".join(f"t.{name} is distinct from excluded.{name}" for name in data)
    row = connection.execute(
        text(
            f"with written as (insert into {table} as t ({stored}) select {stored} from {wanted}"
            f" on conflict (account_id, {', '.join(key)}) do update set {updates} where {differs}"
            " returning xmax = 0 as is_new)"
            " select count(*) filter (where is_new), count(*) filter (where not is_new) from written"
        )
    ).one()
    return row[0], row[1]
