"""Matching rules: which payment, find or case fits an event, the settling order, and the meaning of reversals."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum

from core.settle.facts import OF_MONEY, CaseEntry, Event, Find, Payment
from core.settle.lot import Lot
from core.vocabulary import CATEGORIES, MARKETPLACES


class Fit(Enum):
    """How well a case matches an event."""

    SURE = 1
    LIKELY = 2


def can_pay(payment: Payment, event: Event, currency: str) -> bool:
    """Whether a payment can be for an event, by category, currency and marketplace (the caller has matched the goods).

    `currency` is that of the event's item, empty while unknown.
    """
    return event.category in payment.categories and is_of_its_money(payment, event, currency)


def is_named_by(payment: Payment, lot: Lot) -> bool:
    """Whether a payment that names a lot's order or shipment can be for it, whatever its reason.

    Where an amount is owed instead of units, a payment with an unknown reason must be exactly that amount.
    """
    event = lot.event
    if event is None or not event.goods.is_of_an_order or not is_of_its_money(payment, event, lot.currency):
        return False
    if event.category not in OF_MONEY or event.category in payment.categories:
        return True
    return payment.category in (None, "other") and payment.amount == event.unit_value


def is_of_its_money(payment: Payment, event: Event, currency: str) -> bool:
    """Whether a payment has the event's currency and marketplace."""
    return currency in ("", payment.currency) and is_of_its_market(payment, event)


def can_find(find: Find, event: Event, currency: str) -> bool:
    """Whether found units can be those of an event: a region has one stock."""
    if event.category != "inventory_lost":
        return False
    if find.is_unassigned or event.is_unassigned:
        return "" in (currency, find.currency) or currency == find.currency
    return is_of_one_region(find.marketplace, event.marketplace)


def is_of_its_market(one: Payment | Find, other: Payment | Event) -> bool:
    """Whether two facts have one marketplace, as far as their marketplaces are known."""
    return one.marketplace == other.marketplace or one.is_unassigned or other.is_unassigned


def is_of_one_region(one: str, other: str) -> bool:
    """Whether two marketplaces share their reports, and so their stock, as far as they are known."""
    first, second = MARKETPLACES[one], MARKETPLACES[other]
    if first.channel is not second.channel:
        return False
    return first.region == second.region or first.is_unassigned or second.is_unassigned


def by_marketplace(lots: Iterable[Lot], fact: Payment | Find) -> Iterator[list[Lot]]:
    """The lots that a payment or find can be for: its own marketplace, then (for a find) other marketplaces of the
    region, then unknown marketplaces.

    A payment or find without a marketplace can be for any marketplace of its channel and currency. Of several SKUs with
    one FNSKU, the SKU that it names comes first.
    """
    fitting = [(lot, event) for lot in lots if (event := lot.event) is not None and _is_for(fact, event, lot.currency)]
    fitting.sort(key=lambda each: bool(fact.goods.sku and each[1].goods.sku not in ("", fact.goods.sku)))
    if fact.is_unassigned:
        yield [lot for lot, _ in fitting]
        return
    yield [lot for lot, event in fitting if event.marketplace == fact.marketplace]
    yield [lot for lot, event in fitting if event.marketplace != fact.marketplace and not event.is_unassigned]
    yield [lot for lot, event in fitting if event.is_unassigned]


def _is_for(fact: Payment | Find, event: Event, currency: str) -> bool:
    if isinstance(fact, Find):
        return can_find(fact, event, currency)
    return is_of_its_money(fact, event, currency)


def in_order(lots: Sequence[Lot], day: date) -> Iterator[tuple[Lot, CaseEntry | None, bool]]:
    """The units that can be settled on a day, in order: (lot, the case that has them or None, denied or not).

    Units in no case; then units in a case; then expired or denied units. Oldest first within each.
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


def fit_of(entry: CaseEntry, lot: Lot) -> Fit | None:
    """How well a case entry matches a lot: by the order or shipment that it names, else by any name of the goods.

    A case about goods surely matches its own marketplace and kind of event, and only likely others.
    """
    event = lot.event
    if event is None or entry.goods.channel != event.goods.channel:
        return None
    mine, theirs = entry.goods, event.goods
    if mine.is_of_an_order and theirs.is_of_an_order:
        return Fit.SURE if mine.is_same_as(theirs) and mine.is_of_same_order(theirs) else None
    if mine.is_of_an_order or not set(mine.product_names) & set(theirs.product_names):
        return None
    is_of_its_market = (
        lot.currency in ("", entry.currency) if event.is_unassigned else event.marketplace == entry.marketplace
    )
    if not is_of_its_market:
        return Fit.LIKELY if is_of_one_region(event.marketplace, entry.marketplace) else None
    is_alike = entry.category in ("", event.category) or _group(entry.category) == _group(event.category)
    return Fit.SURE if is_alike else Fit.LIKELY


def _group(category: str) -> str:
    found = CATEGORIES.get(category)
    return found.group.value if found else category


def units_found(payment: Payment) -> int:
    """How many of a reversal's units were found again.

    Amazon: the inventory units stated beside the cash units (cash −1, inventory +1); Walmart: all units of a
    *FoundInventory* row. The name decides why money was taken back, never whether.
    """
    if payment.goods.channel == "walmart":
        return max(-payment.units_cash, 0) if payment.is_found_inventory else 0
    return max(payment.units_inventory, 0)
