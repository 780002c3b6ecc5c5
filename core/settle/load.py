"""Reads the facts of one account out of the database."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, text

from core.money import rounded
from core.settle.facts import GOODS, CaseEntry, Event, Facts, Find, Goods, Payment
from core.vocabulary import MARKETPLACES, fold

FOLDER = Path(__file__).parent
Row = Mapping[str, Any]
_OF_CASE = tuple(field.name for field in fields(CaseEntry) if field.name != "goods")


def load_facts(connection: Connection, account_id: int, candidates: CursorResult[Any]) -> Facts:
    """The account's facts: `candidates` are the judged and valued events, the rest is read here."""

    def rows(name: str) -> Iterator[tuple[Row, Goods]]:
        query = text((FOLDER / f"{name}.sql").read_text())
        return _with_goods(connection.execute(query, {"account_id": account_id}), known)

    known: dict[Goods, Goods] = {}
    return Facts(
        account_id,
        events=tuple(_event(row, goods) for row, goods in _with_goods(candidates, known)),
        finds=tuple(_find(row, goods) for row, goods in rows("finds")),
        payments=tuple(_payment(row, goods) for row, goods in rows("payments")),
        cases=tuple(_case_entry(row, goods) for row, goods in rows("cases")),
    )


def _with_goods(result: CursorResult[Any], known: dict[Goods, Goods]) -> Iterator[tuple[Row, Goods]]:
    """The rows of a result with the goods that each is about. Thousands of rows share one `Goods`, kept in `known`."""
    columns = tuple(result.keys())
    named = [column for column in GOODS if column in columns]
    for values in result:
        row = dict(zip(columns, values, strict=True))
        goods = Goods(**{column: row[column] or "" for column in named})
        yield row, known.setdefault(goods, goods)


def _is_unassigned(row: Row) -> bool:
    return MARKETPLACES[row["marketplace"]].is_unassigned


def _event(row: Row, goods: Goods) -> Event:
    value: Decimal | None = row["best_value"]
    return Event(
        item_id=row["item_id"],
        row_id=row["row_id"],
        category=row["category"],
        marketplace=row["marketplace"],
        is_unassigned=_is_unassigned(row),
        currency=row["currency"],
        event_on=row["event_on"],
        noted_on=row["noted_on"],
        made_by=tuple(row["made_by"]),
        reduced_by=tuple(row["reduced_by"]),
        units=row["units"],
        goods=goods,
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


def _find(row: Row, goods: Goods) -> Find:
    return Find(
        row_id=row["row_id"],
        marketplace=row["marketplace"],
        found_on=row["found_on"],
        units=row["units"],
        goods=goods,
        currency=MARKETPLACES[row["marketplace"]].currency,
        is_transfer=row["is_transfer"],
        is_unassigned=_is_unassigned(row),
    )


def _payment(row: Row, goods: Goods) -> Payment:
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
        goods=goods,
        units_cash=row["units_cash"],
        units_inventory=row["units_inventory"],
        amount=row["amount"],
        original_reimbursement_id=row["original_reimbursement_id"],
        also=tuple(row["also"]),
    )


def _case_entry(row: Row, goods: Goods) -> CaseEntry:
    return CaseEntry(goods=goods, **{name: row[name] for name in _OF_CASE})
