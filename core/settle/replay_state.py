"""State of a replay: the lots and parts so far, and their indexes."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import md5
from uuid import UUID

from core.settle.facts import CaseEntry, Event, Find, Goods, Payment
from core.settle.lot import Lot, Part
from core.settle.lot_index import LotIndex
from core.settle.splitting import Budget


@dataclass
class Surplus:
    """Units or money that match nothing and may explain open units of the same goods.

    `doubt` is the reason for Review that it gives to events of `categories` (None: any) from one day to another.
    Without `units` its amount determines the number: `spent` is the value of the units that it put into Review,
    `matched` their number. `kind` is its kind in the list of surpluses, empty where it is not listed. `shipment_id` is
    the shipment of the surplus; unlike an order or shipment among the goods it does not restrict the units.
    """

    kind: str
    row_id: UUID
    doubt: str
    goods: Goods
    marketplace: str
    happened_on: date
    from_on: date
    through_on: date
    units: int | None
    amount: Decimal = Decimal(0)
    currency: str = ""
    categories: Collection[str] | None = None
    case_id: str = ""
    shipment_id: str = ""
    matched: int = 0
    spent: Decimal = Decimal(0)


@dataclass
class Outcome:
    """The result of a replay: all lots, and which fact settled which unit.

    `taken_back_without_original` are reversals without an original, with their amounts; `covered` are the units that
    each case entry ever held, by item; `notes` explain why a case had no effect; `surpluses` are units and money that
    match nothing.
    """

    lots: list[Lot] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    paid_for_case: dict[CaseEntry, list[Part]] = field(default_factory=dict)
    taken_back_without_original: list[tuple[Payment, Decimal]] = field(default_factory=list)
    covered: dict[CaseEntry, Counter[UUID]] = field(default_factory=dict)
    notes: dict[CaseEntry, str] = field(default_factory=dict)
    surpluses: list[Surplus] = field(default_factory=list)


@dataclass
class FindLeft:
    """A find, and how many of its units settled nothing."""

    find: Find
    units: int


@dataclass
class OpenCase:
    """An open case entry, and its remaining claim."""

    entry: CaseEntry
    budget: Budget
    has_ended: bool = False


class OpenCases:
    """The case entries opened so far, by the names of their order, shipment or product."""

    def __init__(self) -> None:
        self.all: dict[CaseEntry, OpenCase] = {}
        self._by_name: dict[tuple[str, str, str], list[OpenCase]] = {}

    def put(self, case: OpenCase) -> None:
        """Add an opened case entry."""
        self.all[case.entry] = case
        for name in case.entry.goods.names:
            self._by_name.setdefault(name, []).append(case)

    def about(self, goods: Goods) -> list[OpenCase]:
        """The case entries that name the order, the shipment or the product, in the order in which they were opened."""
        found = {id(case): case for name in goods.names for case in self._by_name.get(name, ())}
        return sorted(found.values(), key=lambda case: (case.entry.opened_on, str(case.entry.row_id)))


class ReplayState:
    """The mutable state of a replay, shared by all steps."""

    def __init__(self) -> None:
        self.outcome = Outcome()
        self.index = LotIndex()
        self.open_cases = OpenCases()
        self.finds_over: list[FindLeft] = []
        self.taken_back: list[Lot] = []
        self.appeals: set[CaseEntry] = set()
        self.held_by: dict[CaseEntry, list[Lot]] = {}
        self.parts_of: dict[str, list[Part]] = {}
        self._payment_lots: dict[UUID, Lot] = {}

    def open_lot(self, event: Event) -> Lot:
        """Open the lot of a new event."""
        lot = Lot(event.item_id, len(self.outcome.lots), event, open=event.units, units=event.units)
        self.outcome.lots.append(lot)
        self.index.put(lot, event.category, event.goods)
        return lot

    def payment_lot(self, payment: Payment, units: int, note: str) -> Lot:
        """The lot of a payment that matches no event, created on first use."""
        lot = self._payment_lots.get(payment.row_id)
        if lot is None:
            item_id = UUID(md5(f"payment\x1f{payment.row_id}".encode(), usedforsecurity=False).hexdigest())
            number = len(self.outcome.lots)
            lot = Lot(item_id, number, payment, open=0, units=units, note=note, last_case=payment.case_id or None)
            self._payment_lots[payment.row_id] = lot
            self.outcome.lots.append(lot)
        return lot

    def note(self, part: Part) -> None:
        """Record a part, so that it can be reversed."""
        self.outcome.parts.append(part)
        self.parts_of.setdefault(part.payment.reimbursement_id, []).append(part)
        self.index.note(part, part.payment.goods)
