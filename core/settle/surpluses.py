"""Surpluses: units or money that match nothing put open units of the same goods into Review, and are listed.

Kinds: an unmatched payment, cash that the reimbursements report lacks, finds beyond the losses, a case that covers
fewer units than it claims, receipts of another shipment, units in another process. Each may explain open units.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.settle.facts import CONTAINER, OF_MONEY, Cash, Event, Facts, Hint, Payment
from core.settle.lot import Lot
from core.settle.matching import is_of_one_region
from core.settle.payments import RE_EVALUATION
from core.settle.products import Key, Products
from core.settle.replay_state import OpenCase, Outcome, ReplayState, Surplus
from core.settle.splitting import units_reached
from core.vocabulary import fold
from core.vocabulary.review_reasons import doubt, parameters_of

BEFORE, AFTER = timedelta(days=7), timedelta(days=45)
"""Days before and after an event in which an unmatched payment may be for it."""

FOUND = timedelta(days=45)
"""Days after a loss in which an unmatched find may be of it."""

SAME_PATH = timedelta(days=30)
"""Days after a short shipment in which a warehouse loss may be of its units."""


def find_doubts(state: ReplayState, facts: Facts, products: Products) -> None:
    """Collect the surpluses, put the open units that they may explain into Review, and store them in the outcome."""
    outcome = state.outcome
    kinds: tuple[Iterable[Surplus], ...] = (
        _payments(outcome, facts.payments),
        (_cash(each) for each in facts.cash if fold(each.reason) != RE_EVALUATION),
        _finds(state),
        _cases(state.open_cases.all.values()),
        map(_hint, facts.hints),
        _paths(outcome.lots),
    )
    # sorted, so that the same surplus holds the same units in any order of the facts
    outcome.surpluses = [surplus for kind in kinds for surplus in sorted(kind, key=_oldest_first)]
    open_lots = _Open(outcome.lots, outcome.surpluses, products)
    for surplus in outcome.surpluses:
        for lot in open_lots.about(surplus):
            if _is_used_up(surplus):
                break
            _match(surplus, lot)


def _oldest_first(surplus: Surplus) -> tuple[date, str, str]:
    return surplus.happened_on, str(surplus.row_id), surplus.doubt


class _Open:
    """The lots with open units of products that have a surplus, by product key."""

    def __init__(self, lots: Iterable[Lot], surpluses: Iterable[Surplus], products: Products) -> None:
        self._products = products
        wanted: set[Key] = set()
        for surplus in surpluses:
            wanted |= self._keys(surplus)
        self._lots: dict[Key, list[Lot]] = {}
        for lot in lots:
            if lot.open and lot.event is not None and wanted:
                for key in (products.keys(lot.event.goods) | _containers(lot.event)) & wanted:
                    self._lots.setdefault(key, []).append(lot)

    def _keys(self, surplus: Surplus) -> set[Key]:
        if surplus.goods.is_of_an_order:
            return {name for name in surplus.goods.names if name[1] == CONTAINER}
        return self._products.keys(surplus.goods)

    def about(self, surplus: Surplus) -> Sequence[Lot]:
        """The lots that a surplus may explain: its own marketplace first, then its category, then the oldest."""
        found = {id(lot): lot for key in self._keys(surplus) for lot in self._lots.get(key, ())}
        fitting = [lot for lot in found.values() if _may_be_for(surplus, lot)]
        return sorted(
            fitting,
            key=lambda lot: (
                lot.origin.marketplace != surplus.marketplace,
                lot.origin.category != _category(surplus),
                lot.number,
            ),
        )


def _containers(event: Event) -> set[Key]:
    return {name for name in event.goods.names if name[1] == CONTAINER}


def _category(surplus: Surplus) -> str | None:
    return next(iter(surplus.categories), None) if surplus.categories else None


def _may_be_for(surplus: Surplus, lot: Lot) -> bool:
    event = lot.event
    if event is None or event.row_id == surplus.row_id or not is_of_one_region(surplus.marketplace, event.marketplace):
        return False
    if surplus.categories is not None and event.category not in surplus.categories:
        return False
    # a row that names the order is for it, whatever its date
    return surplus.goods.is_of_an_order or surplus.from_on <= event.since <= surplus.through_on


def _is_used_up(surplus: Surplus) -> bool:
    return surplus.units is not None and surplus.matched >= surplus.units


def _match(surplus: Surplus, lot: Lot) -> None:
    if surplus.units is not None and not lot.is_of_money:
        surplus.matched += lot.doubt(surplus.doubt, surplus.units - surplus.matched)
        return
    left = surplus.amount - surplus.spent
    units = lot.doubt(surplus.doubt, units_reached(left, lot.unit_value, lot.open))
    surplus.matched += units
    surplus.spent += min(left, units * (lot.unit_value or Decimal(0)))


def _payments(outcome: Outcome, payments: Iterable[Payment]) -> Iterator[Surplus]:
    """Unmatched payments."""
    unmatched = {lot.origin.row_id: lot for lot in outcome.lots if isinstance(lot.origin, Payment)}
    for payment in payments:
        lot = unmatched.get(payment.row_id)
        if lot is None or payment.is_reversal or (lot.claimed_amount <= 0 and not lot.in_kind):
            continue
        categories = [category for category in payment.categories if category != "other"]
        only_money = bool(categories) and OF_MONEY.issuperset(categories)
        yield Surplus(
            kind="payments",
            row_id=payment.row_id,
            doubt=doubt("may_be_paid", payment.reimbursement_id, payment.paid_on.isoformat(), payment.reason),
            goods=payment.goods,
            marketplace=payment.marketplace,
            happened_on=payment.paid_on,
            from_on=payment.paid_on - AFTER,
            through_on=payment.paid_on + BEFORE,
            units=None if only_money or not lot.units else lot.units,
            amount=lot.claimed_amount,
            currency=payment.currency,
            categories=_of_money(payment) if only_money else _of_units(payment),
        )


def _of_money(payment: Payment) -> list[str]:
    return [category for category in payment.categories if category in OF_MONEY]


def _of_units(payment: Payment) -> list[str] | None:
    """The categories that a payment of units may be for: any, but if owed in money only those of its reason."""
    if payment.category in (None, "other"):
        return None
    own = list(payment.categories)
    return own + [category for category in _UNITS if category not in own]


_UNITS = (
    *("inventory_lost", "inventory_damaged", "inventory_destroyed", "return_lost", "replacement_lost"),
    *("return_carrier_damaged", "return_delayed", "shipment_lost", "shipment_damaged", "removal_lost"),
    "removal_damaged",
)


def _cash(cash: Cash) -> Surplus:
    return Surplus(
        kind="",
        row_id=cash.row_id,
        doubt=doubt("cash_not_reported", cash.document, cash.paid_on.isoformat(), cash.reason),
        goods=cash.goods,
        marketplace=cash.marketplace or "AMAZON_UNASSIGNED",
        happened_on=cash.paid_on,
        from_on=cash.paid_on - AFTER,
        through_on=cash.paid_on + BEFORE,
        units=None,
        amount=cash.amount,
        currency=cash.currency,
    )


def _finds(state: ReplayState) -> Iterator[Surplus]:
    for left in state.finds_over:
        find = left.find
        if left.units > 0:
            yield Surplus(
                kind="finds",
                row_id=find.row_id,
                doubt=doubt("may_be_found", find.found_on.isoformat()),
                goods=find.goods,
                marketplace=find.marketplace,
                happened_on=find.found_on,
                from_on=find.found_on - FOUND,
                through_on=find.found_on + BEFORE,
                units=left.units,
                categories=("inventory_lost",),
            )


def _cases(cases: Iterable[OpenCase]) -> Iterator[Surplus]:
    """Open cases that claim more units than they cover."""
    for case in cases:
        entry, units = case.entry, case.budget.units_left
        if case.has_ended or entry.closed_on is not None or units <= 0 or not entry.goods.product_names:
            continue
        yield Surplus(
            kind="cases",
            row_id=entry.row_id,
            doubt=doubt("may_be_in_case", entry.case_id),
            goods=entry.goods,
            marketplace=entry.marketplace,
            happened_on=entry.opened_on,
            from_on=date.min,
            through_on=entry.opened_on + AFTER,
            units=units,
            categories=None,
            case_id=entry.case_id,
        )


def _hint(hint: Hint) -> Surplus:
    return Surplus(
        kind=hint.surplus,
        row_id=hint.row_id,
        doubt=hint.doubt,
        goods=hint.goods,
        marketplace=hint.marketplace,
        happened_on=hint.happened_on,
        from_on=hint.from_on,
        through_on=hint.through_on,
        units=hint.units,
        categories=hint.categories,
        shipment_id=parameters_of(hint.doubt).get("shipment", ""),
    )


def _paths(lots: Iterable[Lot]) -> Iterator[Surplus]:
    """Units that a shipment was short of, and that may be the ones lost in the warehouse soon after."""
    for lot in lots:
        event = lot.event
        if event is None or event.category != "shipment_lost" or event.event_on is None:
            continue
        yield Surplus(
            kind="",
            row_id=event.row_id,
            doubt=doubt("same_unit_elsewhere", event.category, event.event_on.isoformat()),
            goods=event.goods.of_no_order,
            marketplace=event.marketplace,
            happened_on=event.event_on,
            from_on=event.event_on,
            through_on=event.event_on + SAME_PATH,
            units=event.units,
            categories=("inventory_lost",),
        )
