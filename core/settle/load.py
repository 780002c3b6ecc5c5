"""Loads the facts of one account from the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult

from core.money import rounded
from core.settle.facts import GOODS, CaseEntry, Cash, Cost, Event, Facts, Find, Goods, Hint, Payment, Product
from core.vocabulary import MARKETPLACES, fold

FOLDER = Path(__file__).parent

QUERIES: Mapping[str, str] = {
    name: (FOLDER / f"{name}.sql").read_text()
    for name in ("orders", "events", "finds", "payments", "cases", "costs", "cash", "hints", "products")
}
"""The queries for the facts of an account, `:account_id`; `events` and `orders` read the judged candidates."""

Values = tuple[Any, ...]


def load_facts(account_id: int, run: Callable[[str], CursorResult[Any]]) -> Facts:
    """Load the account's facts; `run` runs one of `QUERIES` for the account."""
    known: dict[Values, Goods] = {}
    return Facts(
        account_id,
        events=tuple(_events(run("events"), run("orders"))),
        finds=tuple(_find(values, goods) for values, goods in _with_goods(run("finds"), known)),
        payments=tuple(_payment(values, goods) for values, goods in _with_goods(run("payments"), known)),
        cases=tuple(_case_entry(values, goods) for values, goods in _with_goods(run("cases"), known)),
        costs=tuple(Cost(*values) for values in _all(run("costs"))),
        cash=tuple(_cash(values, goods) for values, goods in _with_goods(run("cash"), known)),
        hints=tuple(_hint(values, goods) for values, goods in _with_goods(run("hints"), known)),
        products=tuple(Product(*values) for values in _all(run("products"))),
    )


def _with_goods(result: CursorResult[Any], known: dict[Values, Goods]) -> Iterator[tuple[Values, Goods]]:
    """The rows of a result without their last columns, with the `Goods` that those columns name. Thousands of rows
    share one `Goods`, cached in `known`.
    """
    first = len(result.keys()) - len(GOODS)
    for values in _all(result):
        said = values[first:]
        goods = known.get(said)
        if goods is None:
            goods = known[said] = Goods(*(name or "" for name in said))
        yield values[:first], goods


def _all(result: CursorResult[Any]) -> Sequence[Values]:
    return result.all()


def _events(events: CursorResult[Any], orders: CursorResult[Any]) -> Iterator[Event]:
    """The events; their goods have the other names of their order."""
    others: dict[tuple[str, str], tuple[str, ...]] = {}
    for channel, order_id, other_id in _all(orders):
        others[channel, order_id] = (*others.get((channel, order_id), ()), other_id)
    for values, goods in _with_goods(events, {}):
        also = others.get((goods.channel, goods.order_id)) if goods.order_id else None
        yield _event(values, replace(goods, also_orders=also) if also else goods)


def _event(values: Values, goods: Goods) -> Event:
    item_id, row_id, category, marketplace, currency, event_on, noted_on, units, made_by, reduced_by, *judged = values
    opens_on, deadline_on, window_rule, window_confidence, most_open, doubts, value, value_basis, value_row_id = judged
    return Event(
        item_id=item_id,
        row_id=row_id,
        category=category,
        marketplace=marketplace,
        is_unassigned=MARKETPLACES[marketplace].is_unassigned,
        currency=currency,
        event_on=event_on,
        noted_on=noted_on,
        made_by=tuple(made_by or ()),
        reduced_by=tuple(reduced_by or ()),
        units=units,
        goods=goods,
        opens_on=opens_on,
        deadline_on=deadline_on,
        window_rule=window_rule,
        window_confidence=window_confidence,
        most_open=most_open,
        doubts=tuple(doubts),
        unit_value=None if value is None else rounded(value, currency),
        value_basis=value_basis,
        value_row_id=value_row_id,
    )


def _find(values: Values, goods: Goods) -> Find:
    row_id, marketplace, found_on, units, is_transfer = values
    place = MARKETPLACES[marketplace]
    return Find(row_id, marketplace, found_on, units, goods, place.currency, is_transfer, place.is_unassigned)


def _payment(values: Values, goods: Goods) -> Payment:
    row_id, reimbursement_id, marketplace, currency, paid_on, case_id, reason, category, also, *amounts = values
    units_cash, is_counted, units_inventory, amount, original_reimbursement_id = amounts
    is_walmart = goods.channel == "walmart"
    return Payment(
        row_id=row_id,
        reimbursement_id=reimbursement_id,
        marketplace=marketplace,
        is_unassigned=MARKETPLACES[marketplace].is_unassigned,
        currency=currency,
        paid_on=paid_on,
        case_id=case_id,
        reason=reason,
        category=category,
        pays_any_category=is_walmart and category is None,
        is_found_inventory=is_walmart and fold(reason) == "wfsfoundinventory",
        goods=goods,
        units_cash=units_cash,
        units_inventory=units_inventory,
        amount=amount,
        original_reimbursement_id=original_reimbursement_id,
        also=tuple(also),
        is_counted=is_counted,
    )


def _case_entry(values: Values, goods: Goods) -> CaseEntry:
    row_id, case_id, marketplace, currency, opened_on, category, claimed_units, claimed_amount, *ended = values
    decision, decided_on, closed_on, note = ended
    return CaseEntry(
        row_id=row_id,
        case_id=case_id,
        marketplace=marketplace,
        currency=currency,
        opened_on=opened_on,
        category=category,
        goods=goods,
        claimed_units=claimed_units,
        claimed_amount=claimed_amount,
        decision=decision,
        decided_on=decided_on,
        closed_on=closed_on,
        note=note,
    )


def _hint(values: Values, goods: Goods) -> Hint:
    row_id, doubt, surplus, categories, marketplace, from_on, through_on, happened_on, units = values
    return Hint(row_id, doubt, surplus, tuple(categories), marketplace, from_on, through_on, happened_on, units, goods)


def _cash(values: Values, goods: Goods) -> Cash:
    row_id, marketplace, currency, paid_on, reason, document, amount = values
    return Cash(row_id, marketplace, currency, paid_on, reason, document, amount, goods)
