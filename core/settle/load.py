"""Reads the facts of one account out of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from core.money import rounded
from core.settle.facts import CaseEntry, Event, Facts, Find, Goods, Payment
from core.vocabulary import MARKETPLACES, fold

FOLDER = Path(__file__).parent
Row = Mapping[Any, Any]


def load_facts(connection: Connection, account_id: int, candidates: Iterable[Row]) -> Facts:
    """The account's facts: `candidates` are the judged and valued events, the rest is read here."""

    def rows(name: str) -> Iterable[Row]:
        query = text((FOLDER / f"{name}.sql").read_text())
        return connection.execute(query, {"account_id": account_id}).mappings()

    return Facts(
        account_id,
        events=tuple(_event(row) for row in candidates),
        finds=tuple(_find(row) for row in rows("finds")),
        payments=tuple(_payment(row) for row in rows("payments")),
        cases=tuple(_case_entry(row) for row in rows("cases")),
    )


def _goods(row: Row) -> Goods:
    return Goods(**{field.name: row.get(field.name) or "" for field in fields(Goods)})


def _is_unassigned(row: Row) -> bool:
    return MARKETPLACES[row["marketplace"]].is_unassigned


def _event(row: Row) -> Event:
    value: Decimal | None = row["unit_value"]
    return Event(
        item_id=row["item_id"],
        row_id=row["row_id"],
        category=row["category"],
        marketplace=row["marketplace"],
        is_unassigned=_is_unassigned(row),
        currency=row["currency"],
        event_on=row["event_on"],
        units=row["units"],
        goods=_goods(row),
        opens_on=row["opens_on"],
        deadline_on=row["deadline_on"],
        window_rule=row["window_rule"],
        window_confidence=row["window_confidence"],
        most_open=row["most_open"],
        doubt=row["review_reason"],
        unit_value=None if value is None else rounded(value, row["currency"]),
        value_basis=row["value_basis"],
        value_row_id=row["value_row_id"],
    )


def _find(row: Row) -> Find:
    return Find(
        row_id=row["row_id"],
        marketplace=row["marketplace"],
        found_on=row["found_on"],
        units=row["units"],
        goods=_goods(row),
        is_transfer=row["is_transfer"],
        is_unassigned=_is_unassigned(row),
    )


def _payment(row: Row) -> Payment:
    reason = fold(row["reason"])
    return Payment(
        row_id=row["row_id"],
        reimbursement_id=row["reimbursement_id"],
        marketplace=row["marketplace"],
        is_unassigned=_is_unassigned(row),
        currency=row["currency"],
        paid_on=row["paid_on"],
        case_id=row["case_id"],
        reason=row["reason"],
        category=row["category"],
        pays_any_category=row["channel"] == "walmart" and row["category"] is None,
        is_found_inventory=row["channel"] == "walmart" and reason == "wfsfoundinventory",
        goods=_goods(row),
        units_cash=row["units_cash"],
        units_inventory=row["units_inventory"],
        amount=row["amount"],
        original_reimbursement_id=row["original_reimbursement_id"],
    )


def _case_entry(row: Row) -> CaseEntry:
    plain = [field.name for field in fields(CaseEntry) if field.name != "goods"]
    return CaseEntry(goods=_goods(row), **{name: row[name] for name in plain})
