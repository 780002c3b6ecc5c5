"""What a payment does to the units that are owed on its day."""

from collections.abc import Sequence

from core.settle.amounts import MoneyLeft
from core.settle.books import Books
from core.settle.facts import CaseEntry, Payment
from core.settle.fitting import by_marketplace, in_order
from core.settle.lot import Lot, Part


def pay(books: Books, payment: Payment) -> None:
    """Settle the units that a payment is for; what is left of it becomes an item of its own."""
    lots = books.shelf.lots(payment.goods, payment.categories)
    left = MoneyLeft(payment)
    if payment.case_id:
        _pay_its_case(books, lots, left)
    for fitting in by_marketplace(lots, payment):
        for lot, case, is_denied in in_order(fitting, payment.paid_on):
            if not left.units:
                break
            _settle(books, lot, case, left, is_denied=is_denied)
    if left.units or left.amount:
        _keep_unmatched(books, payment, left)


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
    taken = lot.take(left.units, case, denied=is_denied)
    for units, amount, is_cash in left.spend(taken):
        part = Part(left.payment, lot, units, amount, is_cash)
        books.note(part)
        if is_cash:
            lot.claimed += units
            lot.claimed_amount += amount
        else:
            lot.in_kind += units
        lot.prove("paid", left.payment.row_id, units, amount)
        if case is not None:
            books.outcome.paid_for_case.setdefault(case, []).append(part)
    if taken:
        lot.currency = left.payment.currency
        lot.last_case = left.payment.case_id or lot.last_case


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
    if units:
        books.early.note(payment, units)
