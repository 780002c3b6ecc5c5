"""What can belong to what: which payment or case fits an event, in which order units are settled, what a reversal
says.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from core.settle.facts import CaseEntry, Event, Payment
from core.settle.lot import Lot


def can_pay(payment: Payment, event: Event) -> bool:
    """Whether a payment can be for an event, by category, currency and marketplace (the goods are looked up before)."""
    if payment.category != event.category and not payment.pays_any_category:
        return False
    if event.currency not in ("", payment.currency):
        return False
    return payment.marketplace == event.marketplace or payment.is_unassigned or event.is_unassigned


def by_marketplace(lots: Iterable[Lot], payment: Payment) -> Iterator[list[Lot]]:
    """The lots that a payment can be for: those of its own marketplace, then those whose marketplace is not known.

    A payment whose own marketplace is not known can be for any of its channel and currency.
    """
    fitting = [lot for lot in lots if lot.event is not None and can_pay(payment, lot.event)]
    if payment.is_unassigned:
        yield fitting
        return
    yield [lot for lot in fitting if lot.event is not None and not lot.event.is_unassigned]
    yield [lot for lot in fitting if lot.event is not None and lot.event.is_unassigned]


def in_order(lots: Sequence[Lot], day: date) -> Iterator[tuple[Lot, CaseEntry | None, bool]]:
    """Where to take units from on a day, in order: (lot, the case that has them or None, denied or not).

    Units in no case; then units in a case; then units that had expired or were denied. Oldest first within each.
    """
    for lot in lots:
        if not lot.had_expired(day):
            yield lot, None, False
    for lot in lots:
        for entry in list(lot.held):
            yield lot, entry, False
    for lot in lots:
        if lot.had_expired(day):
            yield lot, None, False
        for entry in list(lot.denied):
            yield lot, entry, True


def fits(entry: CaseEntry, event: Event) -> bool:
    """Whether a case entry can be about an event: nothing that both name may differ."""
    if entry.category not in ("", event.category):
        return False
    if event.marketplace != entry.marketplace and not (event.is_unassigned and event.currency in ("", entry.currency)):
        return False
    names = ("fnsku", "sku", "order_id", "shipment_id")
    return all(
        not getattr(entry.goods, name)
        or not getattr(event.goods, name)
        or getattr(entry.goods, name) == getattr(event.goods, name)
        for name in names
    )


def units_taken_back(payment: Payment) -> int:
    """How many units a reversal is about: the cash units it takes back, or the inventory units where it takes no
    cash.
    """
    if payment.units_cash < 0:
        return -payment.units_cash
    return max(-payment.units_inventory, 0)


def units_found(payment: Payment) -> int:
    """How many of a reversal's units were found again.

    Amazon: the inventory units that it books beside the cash units (cash −1, inventory +1); Walmart: all of a
    *FoundInventory* row. The name is read only to tell why money was taken back, never whether.
    """
    if payment.goods.channel == "walmart":
        return units_taken_back(payment) if payment.is_found_inventory else 0
    return max(payment.units_inventory, 0)
