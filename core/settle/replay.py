"""Replays an account's history in the order of its dates, so that each payment, find and case meets the units open on
its day.

A payment settles what was owed then, oldest first; what happens later can not change that. This is why it is a replay
and not a join: which units a row settles depends on all rows before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import md5
from uuid import UUID

from core.settle.amounts import Budget, MoneyLeft, Shares
from core.settle.facts import CaseEntry, Event, Facts, Find, Payment
from core.settle.fitting import by_marketplace, can_pay, fits, in_order, units_found, units_taken_back
from core.settle.lot import Lot, Part
from core.settle.returned_units import counted_once
from core.settle.shelf import Shelf

EARLY = timedelta(days=7)
"""How long before its event a payment may be booked: reports lag, and rows are dated before what they pay for."""

EVENT, FIND, CASE_OPENED, PAYMENT, TAKING_BACK, CASE_ENDED = range(6)
"""What comes first within a day."""


@dataclass
class Replay:
    """The outcome: all lots, and what settled what."""

    lots: list[Lot] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    paid_for_case: dict[CaseEntry, list[Part]] = field(default_factory=dict)


def replay(facts: Facts) -> Replay:
    """Settle the facts of one account. The order in which they are given does not matter."""
    run = _Run(facts)
    for _, rank, fact in sorted(_timeline(facts), key=lambda step: (step[0], step[1], _tie(step[2]))):
        run.step(rank, fact)
    run.cap_by_what_the_marketplace_reconciled()
    return run.outcome


Fact = Event | Find | CaseEntry | Payment


def _timeline(facts: Facts) -> Iterator[tuple[date, int, Fact]]:
    paid_on = {payment.reimbursement_id: payment.paid_on for payment in facts.payments if not payment.takes_back}
    for event in facts.events:
        yield event.event_on, EVENT, event
    for find in facts.finds:
        yield find.found_on, FIND, find
    for case in facts.cases:
        yield case.opened_on, CASE_OPENED, case
        if case.ends_on is not None:
            yield max(case.ends_on, case.opened_on), CASE_ENDED, case
    for payment in facts.payments:
        if payment.takes_back:
            # never before what it takes back, whatever the dates in the report say
            yield (
                max(payment.paid_on, paid_on.get(payment.original_reimbursement_id, payment.paid_on)),
                TAKING_BACK,
                payment,
            )
        else:
            yield payment.paid_on, PAYMENT, payment


def _tie(fact: Fact) -> str:
    """Within a day and kind: by the row's own name, which is the same in every database."""
    return str(fact.row_id)


class _Run:
    """The state of the replay."""

    def __init__(self, facts: Facts) -> None:
        self.outcome = Replay()
        self._shelf = Shelf()
        self._counted_already = counted_once(facts.finds, facts.payments)
        self._parts_of: dict[str, list[Part]] = {}
        self._payment_lots: dict[UUID, Lot] = {}
        self._early: list[tuple[Payment, int]] = []

    def step(self, rank: int, fact: Fact) -> None:
        """Let one fact happen."""
        if isinstance(fact, Event):
            self._happen(fact)
        elif isinstance(fact, Find):
            self._find(fact)
        elif isinstance(fact, CaseEntry):
            if rank == CASE_OPENED:
                self._open_case(fact)
            else:
                self._end_case(fact)
        elif rank == PAYMENT:
            self._pay(fact)
        else:
            self._take_back(fact)

    def cap_by_what_the_marketplace_reconciled(self) -> None:
        """No more units stay open than the marketplace itself calls unreconciled: the surplus is settled in kind."""
        for lot in self.outcome.lots:
            if lot.event is None or lot.event.most_open is None:
                continue
            surplus = lot.open + lot.units_held - lot.event.most_open
            for case in (None, *lot.held):
                if surplus > 0:
                    taken = lot.take(surplus, case)
                    lot.in_kind += taken
                    surplus -= taken
                    lot.note = "Reconciled by Amazon"

    def _happen(self, event: Event) -> None:
        lot = Lot(event.item_id, event, open=event.units, units=event.units)
        lot.prove("event", event.row_id, event.units)
        if event.value_row_id is not None:
            lot.prove("value", event.value_row_id)
        self.outcome.lots.append(lot)
        self._shelf.put(lot, event.goods)
        self._suspect(lot, event)

    def _suspect(self, lot: Lot, event: Event) -> None:
        """An unmatched payment shortly before the event may be for it: that many of its units are doubtful."""
        self._early = [(payment, units) for payment, units in self._early if payment.paid_on + EARLY >= event.event_on]
        for index, (payment, units) in enumerate(self._early):
            if can_pay(payment, event) and set(payment.goods.names()) & set(event.goods.names()):
                suspected = min(units, event.units - lot.suspected)
                lot.suspected += suspected
                self._early[index] = (payment, units - suspected)

    def _find(self, find: Find) -> None:
        left = find.units - self._counted_already.get(find.row_id, 0)
        lots = [
            lot
            for lot in self._shelf.lots(find.goods)
            if lot.event is not None
            and lot.event.category == "inventory_lost"
            and (lot.event.marketplace == find.marketplace or lot.event.is_unassigned or find.is_unassigned)
        ]
        for lot, case, is_denied in in_order(lots, find.found_on):
            if left <= 0:
                return
            taken = lot.take(left, case, denied=is_denied)
            if taken:
                lot.in_kind += taken
                lot.prove("found", find.row_id, taken)
                left -= taken

    def _open_case(self, entry: CaseEntry) -> None:
        lots = [lot for lot in self._shelf.lots(entry.goods) if lot.event is not None and fits(entry, lot.event)]
        budget = Budget(entry)
        for lot in lots:
            if not lot.had_expired(entry.opened_on):
                self._hold(lot, entry, None, budget)
        for lot in lots:
            for denial in list(lot.denied):
                self._hold(lot, entry, denial, budget)

    def _hold(self, lot: Lot, entry: CaseEntry, denial: CaseEntry | None, budget: Budget) -> None:
        taken = lot.take(budget.units_of(lot), denial, denied=denial is not None)
        if taken:
            lot.held[entry] = lot.held.get(entry, 0) + taken
            lot.last_case = entry.case_id
            lot.prove("case", entry.row_id, taken)
            budget.spend(lot, taken)

    def _end_case(self, entry: CaseEntry) -> None:
        for lot in list(self._shelf.lots(entry.goods)):
            units = lot.held.pop(entry, 0)
            if units:
                lot.denied[entry] = lot.denied.get(entry, 0) + units

    def _pay(self, payment: Payment) -> None:
        lots = [lot for lot in self._shelf.lots(payment.goods) if lot.event is not None]
        left = MoneyLeft(payment)
        if payment.case_id:
            self._pay_its_case(lots, left)
        for fitting in by_marketplace(lots, payment):
            for lot, case, is_denied in in_order(fitting, payment.paid_on):
                if not left.units:
                    break
                self._settle(lot, case, left, is_denied=is_denied)
        if left.units or left.amount:
            self._keep_unmatched(payment, left)

    def _pay_its_case(self, lots: list[Lot], left: MoneyLeft) -> None:
        """A payment that names a case settles the units of that case first, those that it was denied as well."""
        for lot in lots:
            for is_denied, pool in ((False, lot.held), (True, lot.denied)):
                for entry in [entry for entry in pool if entry.case_id == left.payment.case_id]:
                    self._settle(lot, entry, left, is_denied=is_denied)

    def _settle(self, lot: Lot, case: CaseEntry | None, left: MoneyLeft, *, is_denied: bool) -> None:
        taken = lot.take(left.units, case, denied=is_denied)
        for units, amount, is_cash in left.spend(taken):
            part = Part(left.payment, lot, units, amount, is_cash)
            self._note(part)
            if is_cash:
                lot.claimed += units
                lot.claimed_amount += amount
            else:
                lot.in_kind += units
            lot.prove("paid", left.payment.row_id, units, amount)
            if case is not None:
                self.outcome.paid_for_case.setdefault(case, []).append(part)
        if taken and left.payment.case_id:
            lot.last_case = left.payment.case_id

    def _keep_unmatched(self, payment: Payment, left: MoneyLeft) -> None:
        """A payment that matches no event is an item of its own, so that nothing paid is ever missing."""
        units = left.units
        lot = self._payment_lot(payment, units, "Paid without a matching event")
        for part_units, amount, is_cash in left.spend(units):
            self._note(Part(payment, lot, part_units, amount, is_cash))
            if is_cash:
                lot.claimed += part_units
                lot.claimed_amount += amount
            else:
                lot.in_kind += part_units
        if left.amount:  # money without a unit: a correction of a fee, or of an earlier payment
            lot.claimed_amount += left.amount
            self._note(Part(payment, lot, 0, left.amount, True))
        lot.prove("paid", payment.row_id, units, lot.claimed_amount)
        if units:
            self._early.append((payment, units))

    def _take_back(self, payment: Payment) -> None:
        units = units_taken_back(payment)
        found = min(units_found(payment), units)
        shares = Shares(-payment.amount, payment.currency, units)
        parts = self._to_take_back_from(payment)
        for is_found, wanted in ((True, found), (False, units - found)):
            for part in parts:
                now = min(part.units, wanted)
                if now:
                    self._reverse(part, payment, now, shares.next(now), is_found=is_found)
                    wanted -= now
            if wanted:
                self._keep_taking_back(payment, shares.next(wanted), is_found=is_found)
        if not units and parts:
            self._reverse(parts[0], payment, 0, -payment.amount, is_found=False)
        elif not units:
            self._keep_taking_back(payment, -payment.amount, is_found=False)

    def _to_take_back_from(self, payment: Payment) -> list[Part]:
        """The parts that a taking-back undoes, the latest first: those of its original, on Walmart those of the goods.

        One reimbursement id may stand on lines of several goods, of which a taking-back undoes its own.
        """
        if payment.original_reimbursement_id:
            parts = self._parts_of.get(payment.original_reimbursement_id, [])
            names = set(payment.goods.names())
            return [part for part in reversed(parts) if not names or names & set(part.payment.goods.names())]
        if payment.goods.channel == "walmart":
            return list(reversed(self._shelf.parts(payment.goods)))
        return []

    def _reverse(self, part: Part, payment: Payment, units: int, amount: Decimal, *, is_found: bool) -> None:
        lot = part.lot
        part.units -= units
        part.amount -= amount
        if part.is_cash:
            lot.claimed -= units
        else:
            lot.in_kind -= units
        lot.claimed_amount -= amount
        if is_found:
            lot.in_kind += units
        else:
            lot.reversed += units
            lot.reversed_amount += amount
        lot.prove("reversed", payment.row_id, -units, -amount)

    def _keep_taking_back(self, payment: Payment, amount: Decimal, *, is_found: bool) -> None:
        """A taking-back whose original is not there: an item without units."""
        lot = self._payment_lot(payment, 0, "Taken back without a matching payment")
        lot.claimed_amount -= amount
        if not is_found:
            lot.reversed_amount += amount
        lot.prove("reversed", payment.row_id, 0, -amount)

    def _payment_lot(self, payment: Payment, units: int, note: str) -> Lot:
        lot = self._payment_lots.get(payment.row_id)
        if lot is None:
            item_id = UUID(md5(f"payment\x1f{payment.row_id}".encode(), usedforsecurity=False).hexdigest())
            lot = Lot(item_id, payment, open=0, units=units, note=note, last_case=payment.case_id or None)
            self._payment_lots[payment.row_id] = lot
            self.outcome.lots.append(lot)
        return lot

    def _note(self, part: Part) -> None:
        self.outcome.parts.append(part)
        self._parts_of.setdefault(part.payment.reimbursement_id, []).append(part)
        self._shelf.note(part, part.payment.goods)
