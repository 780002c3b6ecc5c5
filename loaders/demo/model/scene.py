"""Actions of the simulated marketplaces: lose and damage units, pay, find, take back, answer cases."""

from datetime import date, datetime
from decimal import Decimal

from core.money import rounded
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
        if self.marketplace.channel is Channel.WALMART:
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

    def find(self, incident: Incident, on: date, units: int, reason: str) -> None:
        """Find units of an incident again."""
        found = self.move(on, incident.line.goods, Kind.FOUND, units, reason)
        found.reconciled.append((on, units))
        found.centre = incident.line.centre
        incident.line.reconciled.append((on, units))

    def pay(
        self,
        incident: Incident,
        on: date,
        units: int,
        per_unit: Decimal,
        reason: str,
        *,
        case_id: str = "",
        in_kind: bool = False,
    ) -> Payment:
        """Pay units of an incident in cash, or give them back as inventory."""
        payment = Payment(
            at=self.moment(on),
            marketplace=self.marketplace,
            goods=incident.line.goods,
            reason=reason,
            reimbursement_id=self._batch(on, case_id),
            per_unit=rounded(Decimal(0), self.currency) if in_kind else per_unit,
            cash=0 if in_kind else units,
            inventory=units if in_kind else 0,
            case_id=case_id,
        )
        self.facts.payments.append(payment)
        incident.line.reconciled.append((on, units))
        return payment

    def take_back(self, original: Payment, on: date, reason: str, *, units: int, was_found: bool) -> None:
        """Reverse the payment for some units, because they were found or paid in error."""
        self.facts.payments.append(
            Payment(
                at=self.moment(on),
                marketplace=self.marketplace,
                goods=original.goods,
                reason=reason,
                reimbursement_id=self.chance.digits(11),
                per_unit=original.per_unit,
                cash=-units,
                inventory=units if was_found else 0,
                case_id=original.case_id,
                order_id=original.order_id,
                original=original,
            )
        )

    def file(self, incident: Incident, opened_on: date, per_unit: Decimal, note: str = "") -> ClaimCase:
        """File a case for all units of an incident."""
        case_id = self.chance.digits(8 if self.marketplace.channel is Channel.WALMART else 11)
        return self._file(case_id, incident, opened_on, per_unit, note)

    def join(self, other: ClaimCase, incident: Incident, per_unit: Decimal) -> ClaimCase:
        """Put all units of an incident into a case that is filed on the same day for other goods."""
        return self._file(other.case_id, incident, other.opened_on, per_unit, other.note)

    def _file(self, case_id: str, incident: Incident, opened_on: date, per_unit: Decimal, note: str) -> ClaimCase:
        case = ClaimCase(
            case_id=case_id,
            marketplace=self.marketplace,
            opened_on=opened_on,
            category=incident.category,
            goods=incident.line.goods,
            claimed_units=incident.units,
            claimed_amount=per_unit * incident.units,
            note=note,
        )
        self.facts.cases.append(case)
        incident.case_id = case.case_id
        return case

    def _batch(self, on: date, case_id: str) -> str:
        """The reimbursement id: payments of one day sometimes share it; those of a case never do."""
        if case_id:
            return self.chance.digits(11)
        if on not in self._batches or self.chance.happens(0.7):
            self._batches[on] = self.chance.digits(11)
        return self._batches[on]
