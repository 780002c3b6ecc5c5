"""Writes the result of settlement: items, their evidence and cases."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from types import MappingProxyType

from sqlalchemy import Connection, text

from core.database.merge import Row, RowCounts, StagedRows, Table
from core.database.rollups.totals import bump_versions
from core.settle.cases import Case
from core.settle.facts import GOODS, Event, Payment
from core.settle.lot import Lot
from core.settle.replay_state import Outcome, Surplus
from core.settle.withdrawn import withdraw
from core.vocabulary.review_reasons import SEPARATOR, code_of, doubt, sentence_of

_ITEM = Table(
    "item",
    key=("item_id",),
    data=(
        *("origin", "marketplace", "category", "event_on", "opens_on", "deadline_on", "window_rule"),
        *("window_confidence", "review_reason", "review_code", "doubts", "currency", "unit_value", "value_basis"),
        "units_doubtful",
        *GOODS,
        *("case_id", "units", "units_open", "units_in_case", "units_denied", "units_claimed", "units_reversed"),
        *("units_in_kind", "claimed", "reversed", "detected", "rest", "units_underpaid", "underpaid"),
        *("re_evaluation_until", "underpaid_on", "note"),
    ),
    texts=("origin", "marketplace", "category", "currency", "value_basis", *GOODS, "note"),
)
_EVIDENCE = Table("item_evidence", key=("item_id", "role", "row_id"), data=("units", "amount"), texts=("role",))
_CASE = Table(
    "claim_case",
    key=("marketplace", "case_id"),
    data=tuple(field.name for field in fields(Case) if field.name not in ("marketplace", "case_id", "units_of_items")),
    texts=(
        *("marketplace", "case_id", "channel", "category", "origin", "status", "stage", "outcome", "currency", "note"),
    ),
)
_OF_CASE = Table(
    "claim_case_item", key=("marketplace", "case_id", "item_id"), data=("units",), texts=("marketplace", "case_id")
)
_SURPLUS = Table(
    "surplus",
    key=("kind", "row_id"),
    data=(
        *("marketplace", "happened_on", "sku", "fnsku", "order_id", "shipment_id", "case_id", "units"),
        *("units_matched", "amount", "currency"),
    ),
    texts=("kind", "marketplace", "sku", "fnsku", "order_id", "shipment_id", "case_id", "currency"),
)
_goods_columns = attrgetter(*GOODS)
_case_columns = attrgetter(*_CASE.key, *_CASE.data)

_TABLES = (_ITEM, _EVIDENCE, _CASE, _OF_CASE, _SURPLUS)

Written = Mapping[str, Mapping[int, RowCounts]]
"""Row counts by table and account."""

_BLOCK = 50_000
"""Rows buffered before a COPY."""

_NEEDS_COMPARING = text(
    "select exists (select from item where account_id = any(:accounts))"
    " or exists (select from claim_case where account_id = any(:accounts))"
    " or exists (select from withdrawn_item where account_id = any(:accounts))"
    " or exists (select from surplus where account_id = any(:accounts))"
    # the role of an import: PostgreSQL does not allow COPY into a table with row security
    " or row_security_active('item')"
)


class Outcomes:
    """The settlement results of some accounts, buffered for their items, evidence and cases."""

    def __init__(
        self, connection: Connection, accounts: Sequence[int], within: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """`within`: by table, the condition of the stored rows that belong to the result; by default all."""
        self._connection, self._accounts = connection, accounts
        is_first = not connection.execute(_NEEDS_COMPARING, {"accounts": list(accounts)}).scalar_one()
        self._is_first, self._within = is_first, within
        self._wanted = tuple(
            StagedRows(connection, table, accounts, is_first=is_first, within=within.get(table.name, "true"))
            for table in _TABLES
        )
        self._items, self._evidence, self._cases, self._of_cases, self._surpluses = self._wanted

    def add(self, account_id: int, outcome: Outcome, cases: Iterable[Case]) -> None:
        """Add the result of one account."""
        self._items.add(account_id, map(_item, outcome.lots))
        self._evidence.add(account_id, _evidence(outcome.lots))
        self._surpluses.add(account_id, (_surplus(each) for each in outcome.surpluses if each.kind))
        for case in cases:
            self._cases.add(account_id, [_case_columns(case)])
            self._of_cases.add(account_id, _of_case(case))
        if sum(wanted.in_memory for wanted in self._wanted) >= _BLOCK:
            self._copy()

    def write(self, refresh: Callable[[], Written]) -> Mapping[int, Mapping[str, RowCounts]]:
        """Merge the added results into the accounts' tables, then `refresh` what is summed from them; returns row
        counts by account and table.
        """
        self._copy()
        is_new = self._is_first
        withdrawn = {} if is_new else withdraw(self._connection, self._accounts, self._within.get("item", "true"))
        written = {wanted.table.name: wanted.merge() for wanted in self._wanted}
        written |= refresh()
        of_accounts = {
            account_id: {
                **{table: of_account[account_id] for table, of_account in written.items()},
                "withdrawn_item": withdrawn.get(account_id, RowCounts(0, 0, 0, 0)),
            }
            for account_id in self._accounts
        }
        changed = [account_id for account_id, tables in of_accounts.items() if _has_changed(tables)]
        bump_versions(self._connection, changed)
        return of_accounts

    def _copy(self) -> None:
        for wanted in self._wanted:  # items first: the other tables refer to them
            wanted.copy()


def _has_changed(tables: Mapping[str, RowCounts]) -> bool:
    return any(rows.new or rows.changed or rows.gone for rows in tables.values())


def _item(lot: Lot) -> Row:
    return (
        lot.item_id,
        *(_of_event(lot, lot.origin) if isinstance(lot.origin, Event) else _of_payment(lot.origin)),
        *_goods_columns(lot.origin.goods),
        lot.last_case,
        lot.units,
        lot.open,
        lot.units_held,
        lot.units_denied,
        lot.claimed,
        lot.reversed,
        lot.in_kind,
        lot.claimed_amount,
        lot.reversed_amount,
        lot.detected,
        lot.rest,
        lot.units_underpaid,
        lot.underpaid,
        lot.re_evaluation_until,
        lot.underpaid_on,
        lot.note,
    )


def _of_event(lot: Lot, event: Event) -> Row:
    return (
        "event",
        event.marketplace,
        event.category,
        event.event_on,
        event.opens_on,
        event.deadline_on,
        event.window_rule,
        event.window_confidence,
        *_reasons(lot),
        lot.currency,
        event.unit_value,
        event.value_basis,
        lot.units_doubtful,
    )


def _reasons(lot: Lot) -> Row:
    """The reasons for Review: the first one's sentence and code, and all reasons with parameters and units."""
    doubts = lot.doubts if lot.open else []
    if lot.rest:
        doubts = [*doubts, (doubt("paid_in_part"), 0)]
    if not doubts:
        return None, None, None
    return sentence_of(doubts[0][0]), code_of(doubts[0][0]), json.dumps([_reason(*each) for each in doubts])


def _reason(encoded: str, units: int) -> dict[str, object]:
    code, *parameters = encoded.split(SEPARATOR)
    return {"code": code, "units": units, "parameters": parameters}


def _of_payment(payment: Payment) -> Row:
    category, no_window = payment.category or "other", (None, None, None, None, None, None, None)
    return ("payment", payment.marketplace, category, payment.paid_on, *no_window, payment.currency, None, "paid", 0)


def _surplus(surplus: Surplus) -> Row:
    goods = surplus.goods
    return (
        surplus.kind,
        surplus.row_id,
        surplus.marketplace,
        surplus.happened_on,
        goods.sku,
        goods.fnsku,
        goods.order_id,
        goods.shipment_id or surplus.shipment_id,
        surplus.case_id,
        surplus.units or 0,
        surplus.matched,
        surplus.amount,
        surplus.currency,
    )


def _evidence(lots: Iterable[Lot]) -> Iterator[Row]:
    for lot in lots:
        for (role, row_id), (units, amount) in lot.evidence.items():
            yield lot.item_id, role, row_id, units, amount


def _of_case(case: Case) -> Iterator[Row]:
    for item_id, units in case.units_of_items.items():
        yield case.marketplace, case.case_id, item_id, units
