"""What can belong to what: which payment, find or case fits an event, in which order units are settled, what a reversal
says.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from core.settle.facts import CaseEntry, Event, Find, Payment
from core.settle.lot import Lot


def can_pay(payment: Payment, event: Event, currency: str) -> bool:
    """Whether a payment can be for an event, by category, currency and marketplace (the goods are looked up before).

    `currency` is that of the event's item, empty while it is not known.
    """
    if event.category not in payment.categories:
        return False
    return currency in ("", payment.currency) and is_of_its_market(payment, event)


def can_find(find: Find, event: Event, currency: str) -> bool:
    """Whether found units can be those of an event."""
    if event.category != "inventory_lost":
        return False
    return ("" in (currency, find.currency) or currency == find.currency) and is_of_its_market(find, event)


def is_of_its_market(one: Payment | Find, other: Payment | Event) -> bool:
    """Whether two facts are of one marketplace, as far as theirs are known."""
    return one.marketplace == other.marketplace or one.is_unassigned or other.is_unassigned


def by_marketplace(lots: Iterable[Lot], fact: Payment | Find) -> Iterator[list[Lot]]:
    """The lots that a payment or find can be for: those of its own marketplace, then those whose marketplace is not
    known.

    One whose own marketplace is not known can be for any of its channel and currency.
    """
    fitting = [(lot, event) for lot in lots if (event := lot.event) is not None and _is_for(fact, event, lot.currency)]
    if fact.is_unassigned:
        yield [lot for lot, _ in fitting]
        return
    yield [lot for lot, event in fitting if not event.is_unassigned]
    yield [lot for lot, event in fitting if event.is_unassigned]


def _is_for(fact: Payment | Find, event: Event, currency: str) -> bool:
    return can_pay(fact, event, currency) if isinstance(fact, Payment) else can_find(fact, event, currency)


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


def fits(entry: CaseEntry, lot: Lot) -> bool:
    """Whether a case entry can be about a lot: nothing that both name may differ."""
    event = lot.event
    if event is None or entry.category not in ("", event.category):
        return False
    if event.marketplace != entry.marketplace and not (event.is_unassigned and lot.currency in ("", entry.currency)):
        return False
    mine, theirs = entry.goods, event.goods
    return (
        mine.fnsku in ("", theirs.fnsku or mine.fnsku)
        and mine.sku in ("", theirs.sku or mine.sku)
        and mine.is_of_same_order(theirs)
    )


def units_found(payment: Payment) -> int:
    """How many of a reversal's units were found again.

    Amazon: the inventory units that it books beside the cash units (cash −1, inventory +1); Walmart: all of a
    *FoundInventory* row. The name is read only to tell why money was taken back, never whether.
    """
    if payment.goods.channel == "walmart":
        return max(-payment.units_cash, 0) if payment.is_found_inventory else 0
    return max(payment.units_inventory, 0)
