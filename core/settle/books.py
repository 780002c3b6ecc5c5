"""What is kept while history is replayed: the lots and parts so far, and where to find them."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import md5
from uuid import UUID

from core.settle.early import EarlyPayments
from core.settle.facts import CaseEntry, Event, Payment
from core.settle.lot import Lot, Part
from core.settle.shelf import Shelf


@dataclass
class Outcome:
    """The outcome: all lots, and what settled what.

    `taken_back_without_original` are the payments with the amounts that they took back from nothing; `covered` are the
    units that each case entry ever held, by item.
    """

    lots: list[Lot] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    paid_for_case: dict[CaseEntry, list[Part]] = field(default_factory=dict)
    taken_back_without_original: list[tuple[Payment, Decimal]] = field(default_factory=list)
    covered: dict[CaseEntry, Counter[UUID]] = field(default_factory=dict)


class Books:
    """The state of a replay, shared by all that can happen in it."""

    def __init__(self) -> None:
        self.outcome = Outcome()
        self.shelf = Shelf()
        self.early = EarlyPayments()
        self.held_by: dict[CaseEntry, list[Lot]] = {}
        self.parts_of: dict[str, list[Part]] = {}
        self._payment_lots: dict[UUID, Lot] = {}

    def open_lot(self, event: Event) -> Lot:
        """The lot of an event that has just happened."""
        lot = Lot(event.item_id, len(self.outcome.lots), event, open=event.units, units=event.units)
        self.outcome.lots.append(lot)
        self.shelf.put(lot, event.category, event.goods)
        return lot

    def payment_lot(self, payment: Payment, units: int, note: str) -> Lot:
        """The lot of a payment that matches no event: there is one of each, made where it is not there yet."""
        lot = self._payment_lots.get(payment.row_id)
        if lot is None:
            item_id = UUID(md5(f"payment\x1f{payment.row_id}".encode(), usedforsecurity=False).hexdigest())
            number = len(self.outcome.lots)
            lot = Lot(item_id, number, payment, open=0, units=units, note=note, last_case=payment.case_id or None)
            self._payment_lots[payment.row_id] = lot
            self.outcome.lots.append(lot)
        return lot

    def note(self, part: Part) -> None:
        """Keep a part, so that it can be taken back."""
        self.outcome.parts.append(part)
        self.parts_of.setdefault(part.payment.reimbursement_id, []).append(part)
        self.shelf.note(part, part.payment.goods)
