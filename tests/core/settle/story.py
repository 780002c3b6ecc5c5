"""Facts in few words, and what became of them: `told(lost(5, on="2026-01-10"), paid(3, "30.00", on="2026-01-15"))`."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import count
from uuid import UUID

from core.settle.cases import Case, cases_of
from core.settle.facts import CaseEntry, Cash, Cost, Event, Facts, Find, Goods, Hint, Payment, Product
from core.settle.lot import Lot
from core.settle.replay import replay
from core.vocabulary import MARKETPLACES
from core.vocabulary.review_reasons import doubt

US, CA, DE, FR = "AMAZON_US", "AMAZON_CA", "AMAZON_DE", "AMAZON_FR"
UNKNOWN = "AMAZON_UNASSIGNED"
WALMART = "WALMART_US"

MUG = Goods("amazon", sku="MUG-1", fnsku="X0MUG00001", asin="B0MUG00001")
PAN = Goods("amazon", sku="PAN-1", fnsku="X0PAN00001", asin="B0PAN00001")
LAMP = Goods("walmart", sku="LAMP-1", gtin="00012345678905")

Fact = Event | Find | Payment | CaseEntry | Cost | Cash | Hint | Product

_numbers = count(1)


def ordered(order_id: str, goods: Goods = MUG) -> Goods:
    """The goods as part of an order."""
    return replace(goods, order_id=order_id)


def lost(
    units: int,
    *,
    on: str,
    goods: Goods = MUG,
    marketplace: str = US,
    currency: str | None = None,
    value: str | None = "10.00",
    deadline: str | None = None,
    most_open: int | None = None,
    doubt: str = "",
    category: str = "inventory_lost",
) -> Event:
    """Units that were reported lost (or what `category` says); `currency` is that of the marketplace unless given."""
    place = MARKETPLACES[marketplace]
    return Event(
        item_id=_name(),
        row_id=_name(),
        category=category,
        marketplace=marketplace,
        is_unassigned=place.is_unassigned,
        currency=place.currency if currency is None else currency,
        event_on=date.fromisoformat(on),
        units=units,
        goods=goods,
        deadline_on=_day(deadline),
        most_open=most_open,
        doubts=(doubt,) if doubt else (),
        unit_value=None if value is None else Decimal(value),
    )


def found(units: int, *, on: str, goods: Goods = MUG, marketplace: str = US, transfer: bool = False) -> Find:
    """Units that came back; `transfer` is Amazon's code N."""
    place = MARKETPLACES[marketplace]
    return Find(
        row_id=_name(),
        marketplace=marketplace,
        found_on=date.fromisoformat(on),
        units=units,
        goods=goods,
        currency=place.currency,
        is_transfer=transfer,
        is_unassigned=place.is_unassigned,
    )


def paid(
    units: int,
    amount: str,
    *,
    on: str,
    inventory: int = 0,
    case: str = "",
    name: str = "",
    goods: Goods = MUG,
    marketplace: str = US,
    currency: str | None = None,
    category: str | None = "inventory_lost",
    also: tuple[str, ...] = (),
    original: str = "",
    found_inventory: bool = False,
    reason: str = "",
    counted: bool = True,
) -> Payment:
    """A payment of so many cash units, and `inventory` units beside them; negative ones take back. One that is not
    `counted` does not say for how many units it is.
    """
    place = MARKETPLACES[marketplace]
    row_id = _name()
    return Payment(
        row_id=row_id,
        reimbursement_id=name or str(row_id),
        marketplace=marketplace,
        is_unassigned=place.is_unassigned,
        currency=place.currency if currency is None else currency,
        paid_on=date.fromisoformat(on),
        case_id=case,
        reason=reason,
        category=category,
        pays_any_category=goods.channel == "walmart" and category is None,
        is_found_inventory=found_inventory,
        goods=goods,
        units_cash=units,
        units_inventory=inventory,
        amount=Decimal(amount),
        original_reimbursement_id=original,
        also=also,
        is_counted=counted,
    )


def claim(
    case: str,
    *,
    on: str,
    units: int | None = None,
    amount: str | None = None,
    category: str = "",
    decision: str = "",
    decided: str | None = None,
    closed: str | None = None,
    goods: Goods = MUG,
    marketplace: str = US,
) -> CaseEntry:
    """A case filed on a day, for so many units or for an amount."""
    return CaseEntry(
        row_id=_name(),
        case_id=case,
        marketplace=marketplace,
        currency=MARKETPLACES[marketplace].currency,
        opened_on=date.fromisoformat(on),
        category=category,
        goods=goods,
        claimed_units=units,
        claimed_amount=None if amount is None else Decimal(amount),
        decision=decision,
        decided_on=_day(decided),
        closed_on=_day(closed),
    )


def costs(
    unit_cost: str, *, since: str = "2020-01-01", sku: str = MUG.sku, marketplace: str = "", currency: str = "USD"
) -> Cost:
    """What a unit costs the seller from a day on; without a marketplace in all that use the currency."""
    return Cost(sku, marketplace, currency, Decimal(unit_cost), date.fromisoformat(since))


def cash(amount: str, *, on: str, goods: Goods = MUG, marketplace: str = US) -> Cash:
    """Cash in a settlement that no reimbursement tells."""
    day = date.fromisoformat(on)
    currency = MARKETPLACES[marketplace].currency
    return Cash(_name(), marketplace, currency, day, "WAREHOUSE_LOST", "Settlement 1", Decimal(amount), goods)


def hint(
    units: int,
    *,
    on: str,
    days: int = 30,
    goods: Goods = MUG,
    marketplace: str = US,
    categories: tuple[str, ...] = ("inventory_lost", "inventory_damaged"),
) -> Hint:
    """Units that were graded sellable again on a day, which may be of events of the days before."""
    day = date.fromisoformat(on)
    return Hint(
        row_id=_name(),
        doubt=doubt("sellable_again", on),
        surplus="",
        categories=categories,
        marketplace=marketplace,
        from_on=day - timedelta(days=days),
        through_on=day,
        happened_on=day,
        units=units,
        goods=goods,
    )


def named_together(product: str, goods: Goods = MUG) -> Product:
    """What a report calls one product."""
    return Product(goods.channel, goods.sku, goods.fnsku, goods.gtin, goods.asin, product)


class Told:
    """What became of some facts."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        given = list(facts)
        self.facts = Facts(
            1,
            events=tuple(fact for fact in given if isinstance(fact, Event)),
            finds=tuple(fact for fact in given if isinstance(fact, Find)),
            payments=tuple(fact for fact in given if isinstance(fact, Payment)),
            cases=tuple(fact for fact in given if isinstance(fact, CaseEntry)),
            costs=tuple(fact for fact in given if isinstance(fact, Cost)),
            cash=tuple(fact for fact in given if isinstance(fact, Cash)),
            hints=tuple(fact for fact in given if isinstance(fact, Hint)),
            products=tuple(fact for fact in given if isinstance(fact, Product)),
        )
        self.outcome = replay(self.facts)

    @classmethod
    def of(cls, facts: Facts) -> "Told":
        """What became of facts that are together already."""
        after = cls(())
        after.facts, after.outcome = facts, replay(facts)
        return after

    def lot(self, fact: Event | Payment) -> Lot:
        """The lot of an event, or of a payment without one."""
        return next(lot for lot in self.outcome.lots if lot.origin == fact)

    def units(self, fact: Event | Payment) -> dict[str, int]:
        """Where the units of an event are, or those of a payment without one; pools without units are left out."""
        return units(self.lot(fact))

    def money(self, fact: Event | Payment) -> tuple[str, str]:
        """The amounts claimed and reversed of an event, or of a payment without one."""
        lot = self.lot(fact)
        return str(lot.claimed_amount), str(lot.reversed_amount)

    @property
    def unmatched(self) -> list[Lot]:
        """The items that payments without an event became."""
        return [lot for lot in self.outcome.lots if lot.event is None]

    @cached_property
    def cases(self) -> dict[str, Case]:
        """The cases by their id."""
        return {case.case_id: case for case in cases_of(self.facts, self.outcome)}

    def covered_by(self, case: str, event: Event) -> int:
        """How many units of an event a case covers."""
        return self.cases[case].units_of_items.get(event.item_id, 0)


def told(*facts: Fact) -> Told:
    """Replay the facts."""
    return Told(facts)


def units(lot: Lot) -> dict[str, int]:
    """Where the units of a lot are; pools without units are left out."""
    pools = {
        "open": lot.open,
        "in_case": lot.units_held,
        "denied": lot.units_denied,
        "claimed": lot.claimed,
        "reversed": lot.reversed,
        "in_kind": lot.in_kind,
    }
    return {pool: number for pool, number in pools.items() if number}


def _name() -> UUID:
    return UUID(int=next(_numbers))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
