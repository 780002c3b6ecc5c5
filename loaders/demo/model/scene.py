"""Actions of the simulated marketplaces: lose and damage units, pay, find, take back, answer cases."""

from datetime import date, datetime
from decimal import Decimal

from core.vocabulary import Channel, Marketplace
from loaders.demo.model.chance import Chance
from loaders.demo.model.facts import Facts
from loaders.demo.model.world import ClaimCase, Goods, Incident, Kind, Movement, Payment

_ORDERS_BEGIN = {
    ("NA", "USD"): ("111", "112", "113", "114"),
    ("NA", "CAD"): ("701", "702"),
    ("FE", "JPY"): ("249", "250", "503"),
    ("EU", "GBP"): ("202", "203", "204", "206"),
    ("EU", "EUR"): ("302", "303", "304", "305"),
}


class Scene:
    """One marketplace of one seller. Its actions add to the seller's facts."""

    def __init__(self, facts: Facts, marketplace: Marketplace, chance: Chance, centres: tuple[str, ...]) -> None:
        self.facts = facts
        self.marketplace = marketplace
        self.chance = chance
        self.today = facts.today
        self._centres = centres
        self._batches: dict[date, str] = {}
        self.cases_of_many: list[ClaimCase] = []
        self.is_walmart = marketplace.channel is Channel.WALMART

    @property
    def currency(self) -> str:
        """The marketplace's currency."""
        return self.marketplace.currency

    def moment(self, on: date) -> datetime:
        """A time of that day in the marketplace."""
        return self.chance.moment(on, self.marketplace.time_zone)

    def centre(self) -> str:
        """A warehouse."""
        return self.chance.choice(self._centres)

    def later(self, day: date, low: int, high: int) -> date:
        """A day `low` to `high` days after `day`, at most today."""
        return self.chance.after(day, low, high, self.today)

    def order_id(self) -> str:
        """A customer's order number; Amazon's first digits identify the part of the world."""
        if self.is_walmart:
            return f"2000{self.chance.digits(11)}"
        first = self.chance.choice(_ORDERS_BEGIN[self.marketplace.api_region, self.currency])
        return f"{first}-{self.chance.digits(7)}-{self.chance.digits(7)}"

    def move(
        self, on: date, goods: Goods, kind: Kind, units: int, reason: str = "", disposition: str = "SELLABLE"
    ) -> Movement:
        """Move units in a warehouse, as one transaction."""
        number = self.chance.digits(14)
        movement = Movement(
            at=self.moment(on),
            marketplace=self.marketplace,
            goods=goods,
            kind=kind,
            units=units,
            centre=self.centre(),
            number=number,
            reference=number,
            reason=reason,
            disposition=disposition,
        )
        self.facts.movements.append(movement)
        return movement

    def find(self, incident: Incident, on: date, units: int) -> None:
        """Find units of an incident again."""
        found = self.move(on, incident.goods, Kind.FOUND, units, "" if self.is_walmart else "F")
        found.reconciled.append((on, units))
        found.centre = incident.line.centre
        incident.line.reconciled.append((on, units))

    def pay(
        self,
        goods: Goods,
        on: date,
        reason: str,
        per_unit: Decimal,
        cash: int,
        *,
        inventory: int = 0,
        case_id: str = "",
        order_id: str = "",
        is_batched: bool = False,
        original: Payment | None = None,
    ) -> Payment:
        """Pay for units, in cash or by inventory. Payments of one day that are batched sometimes share their id."""
        payment = Payment(
            at=self.moment(on),
            marketplace=self.marketplace,
            goods=goods,
            reason=reason,
            reimbursement_id=self._batch(on) if is_batched else self.chance.digits(11),
            per_unit=per_unit,
            cash=cash,
            inventory=inventory,
            case_id=case_id,
            order_id=order_id,
            original=original,
        )
        self.facts.payments.append(payment)
        return payment

    def pay_unexplained(
        self, goods: Goods, on: date, reason: str, per_unit: Decimal, cash: int, case_id: str = "", order_id: str = ""
    ) -> None:
        """Pay for something that the reports do not show, or that nothing connects with its event."""
        payment = self.pay(goods, on, reason, per_unit, cash, case_id=case_id, order_id=order_id)
        self.facts.unexplained.append(payment)

    def take_back(self, original: Payment, on: date, reason: str, *, units: int, was_found: bool) -> None:
        """Reverse the payment for some units, because they were found or paid in error."""
        self.pay(
            *(original.goods, on, reason, original.per_unit, -units),
            inventory=units if was_found else 0,
            case_id=original.case_id,
            order_id=original.order_id,
            original=original,
        )

    def _batch(self, on: date) -> str:
        if on not in self._batches or self.chance.happens(0.7):
            self._batches[on] = self.chance.digits(11)
        return self._batches[on]
