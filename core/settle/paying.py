"""What a payment does to the units that are owed on its day.

Most categories are settled by units: each unit of the payment settles one, at its share of the amount. Where an amount
is owed (`is_of_money`), the money settles whole units at their value, and the unit on which it ends at what is left.
"""

from collections.abc import Sequence
from decimal import Decimal

from core.settle.amounts import MoneyLeft, units_reached
from core.settle.books import Books
from core.settle.facts import CaseEntry, Payment
from core.settle.fitting import by_marketplace, in_order
from core.settle.lot import Lot, Part


def pay(books: Books, payment: Payment) -> None:
    """Settle the units that a payment is for; what is left of it becomes an item of its own."""
    lots = books.shelf.lots(payment.goods, payment.categories)
    left = MoneyLeft(payment)
    if payment.case_id:
        # whatever the reason says: the case tells what it was filed for
        _pay_its_case(books, books.shelf.lots(payment.goods), left)
    if payment.may_be_of_money:  # where it can be for both, its units are for units first
        _pay_lots(books, [lot for lot in lots if not lot.is_of_money], left)
        _pay_lots(books, [lot for lot in lots if lot.is_of_money], left)
    else:
        _pay_lots(books, lots, left)
    if left.units or left.amount:
        _keep_unmatched(books, payment, left)


def _pay_lots(books: Books, lots: Sequence[Lot], left: MoneyLeft) -> None:
    """As `in_order`, its own marketplace before unknown ones."""
    payment = left.payment
    for fitting in by_marketplace(lots, payment):
        for lot, case, is_denied in in_order(fitting, payment.paid_on):
            if not left.reaches(lot):
                break
            _settle(books, lot, case, left, is_denied=is_denied)


def _pay_its_case(books: Books, lots: Sequence[Lot], left: MoneyLeft) -> None:
    """A payment that names a case settles the units of that case first, those that it was denied as well."""
    payment = left.payment
    for lot in lots:
        if lot.currency not in ("", payment.currency):
            continue
        for is_denied, pool in ((False, lot.held), (True, lot.denied)):
            for entry in [entry for entry in pool if entry.case_id == payment.case_id]:
                _settle(books, lot, entry, left, is_denied=is_denied)


def _settle(books: Books, lot: Lot, case: CaseEntry | None, left: MoneyLeft, *, is_denied: bool) -> None:
    """Settle what a payment can of a lot: of its units in a case or in none, denied or not."""
    if lot.is_of_money:
        _settle_by_money(books, lot, case, left, is_denied=is_denied)
        return
    taken = lot.take(left.units, case, denied=is_denied)
    for units, amount, is_cash in left.spend(taken):
        _note(books, Part(left.payment, lot, units, amount, is_cash), case)


def _settle_by_money(books: Books, lot: Lot, case: CaseEntry | None, left: MoneyLeft, *, is_denied: bool) -> None:
    """Settle whole units at their value, and the unit on which the money ends at what is left of it."""
    value = lot.unit_value
    taken = lot.take(units_reached(left.amount, value, lot.units), case, denied=is_denied)
    if taken:
        amount = left.spend_money(taken, value)
        lot.rest += max(taken * (value or Decimal(0)) - amount, Decimal(0))
        _note(books, Part(left.payment, lot, taken, amount, is_cash=True), case)


def _note(books: Books, part: Part, case: CaseEntry | None) -> None:
    """Count what a payment settled of a lot, taken from a case or from none."""
    lot, payment = part.lot, part.payment
    books.note(part)
    if part.is_cash:
        lot.claimed += part.units
        lot.claimed_amount += part.amount
    else:
        lot.in_kind += part.units
    lot.prove("paid", payment.row_id, part.units, part.amount)
    lot.currency = payment.currency
    lot.last_case = payment.case_id or lot.last_case
    if case is not None:
        books.outcome.paid_for_case.setdefault(case, []).append(part)


def _keep_unmatched(books: Books, payment: Payment, left: MoneyLeft) -> None:
    """A payment that matches no event is an item of its own, so that nothing paid is ever missing."""
    units = left.units
    lot = books.payment_lot(payment, units, "Paid without a matching event")
    for part_units, amount, is_cash in left.spend(units):
        books.note(Part(payment, lot, part_units, amount, is_cash))
        if is_cash:
            lot.claimed += part_units
            lot.claimed_amount += amount
        else:
            lot.in_kind += part_units
    if left.amount:  # money without a unit: a correction of a fee, or of an earlier payment
        lot.claimed_amount += left.amount
        books.note(Part(payment, lot, 0, left.amount, True))
    lot.prove("paid", payment.row_id, units, lot.claimed_amount)
    if units or payment.may_be_of_money:
        books.early.note(payment, units, lot.claimed_amount)
