"""Applies a payment to the units owed on its day.

Matching order: the payment that it tops up, its case, its order or shipment, and last its goods, in the categories of
its reason. Most categories are settled by units: each unit of the payment settles one, at its share of the amount.
Where an amount is owed (`is_of_money`), the money settles whole units at their value, and the last unit at the
remaining money.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from core.money import share
from core.settle.facts import CaseEntry, Payment
from core.settle.lot import Lot, Part
from core.settle.matching import by_marketplace, in_order, is_named_by, is_of_its_money
from core.settle.replay_state import ReplayState
from core.settle.splitting import MoneyLeft, units_reached
from core.vocabulary import fold
from core.vocabulary.review_reasons import doubt

PAID_ANEW = timedelta(days=45)
"""Days after a reversal within which a new payment for the same goods pays the reversed unit."""

WHOLE = Decimal("0.02")
"""Maximum distance from a whole number of units at which an amount determines the number of units paid."""

RE_EVALUATION = "reevaluation"
"""The reason, folded, of an additional payment for units paid before: it settles no open unit."""


def pay(state: ReplayState, payment: Payment) -> None:
    """Settle the units that a payment is for; the remainder becomes an item of its own."""
    if _top_up(state, payment):
        return
    named = _named_lots(state, payment)
    lots = named + [lot for lot in _lots_of_goods(state, payment) if lot not in named]
    left = MoneyLeft(payment, _units_told(payment, lots))
    if payment.case_id:
        # whatever the reason: the case determines what was filed
        _pay_its_case(state, state.index.lots(payment.goods), left)
    _pay_anew(state, left)
    if _pays_less_than_a_unit(payment, lots):
        _pay_in_part(state, lots[0], left)
    for some in _in_turn(payment, lots, named):
        _pay_lots(state, some, left)
    if not payment.is_counted:
        _doubt_units(payment, lots)
    if left.units or left.amount:
        _keep_unmatched(state, payment, left)


def _named_lots(state: ReplayState, payment: Payment) -> list[Lot]:
    """The lots of the order, removal or shipment that a payment names; categories of its reason first."""
    lots = [lot for lot in state.index.lots_of_order(payment.goods) if is_named_by(payment, lot)]
    return sorted(lots, key=lambda lot: lot.origin.category not in payment.categories)


def _lots_of_goods(state: ReplayState, payment: Payment) -> list[Lot]:
    """The lots of its goods in the categories of its reason. A payment for a sibling is only a doubt (`surpluses`)."""
    lots = state.index.lots(payment.goods, payment.categories)
    return [lot for lot in lots if not payment.goods.is_sibling_of(lot.origin.goods)]


def _in_turn(payment: Payment, lots: Sequence[Lot], named: Sequence[Lot]) -> list[list[Lot]]:
    """The lots in matching order: an exact amount first; then, where both fit, units before money; named before
    unnamed.
    """
    of_money = payment.may_be_of_money
    exact = [lot for lot in named if _is_exact(payment, lot)]
    units = [lot for lot in lots if not lot.is_of_money]
    money = [lot for lot in lots if lot.is_of_money]
    return [exact, units, money] if of_money or any(lot.is_of_money for lot in named) else [exact, list(lots)]


def _is_exact(payment: Payment, lot: Lot) -> bool:
    units = 1 if lot.is_of_money else max(payment.units_cash, 1)
    return lot.unit_value is not None and payment.amount == lot.unit_value * units


def _units_told(payment: Payment, lots: Sequence[Lot]) -> int | None:
    """The number of units of a Walmart credit whose own number is unreliable; None where its own number is used.

    It is the amount divided by the value of a unit, where that is a whole number. A credit without a number otherwise
    pays the whole part of the quotient.
    """
    value = next((lot.unit_value for lot in lots if lot.unit_value and not lot.is_of_money), None)
    if payment.goods.channel != "walmart" or value is None or payment.amount <= 0:
        return None
    units = payment.amount / value
    nearest = int(units.to_integral_value())
    if payment.units_cash <= 1 < nearest and abs(units - nearest) <= WHOLE:
        return nearest
    return None if payment.is_counted else max(int(units), 1)


def _doubt_units(payment: Payment, lots: Sequence[Lot]) -> None:
    """Where no value determines the number of units paid, put the units left open into Review."""
    for lot in lots:
        value = lot.unit_value
        units = payment.amount / value if value else None
        if units is None or abs(units - units.to_integral_value()) > WHOLE:
            reason = doubt("payment_units_unknown", payment.reimbursement_id, payment.paid_on.isoformat())
            lot.doubt(reason, lot.open)


def _top_up(state: ReplayState, payment: Payment) -> bool:
    """Add a payment that names or re-evaluates an earlier payment to that payment's units; whether it applies. A unit
    reversed meanwhile is paid anew.
    """
    parts = [part for part in state.parts_of.get(payment.original_reimbursement_id, ()) if part.units]
    if not payment.original_reimbursement_id and fold(payment.reason) == RE_EVALUATION:
        parts = [part for part in reversed(state.index.parts(payment.goods)) if part.units and part.is_cash][:1]
    parts = [
        part
        for part in parts
        if part.payment.currency == payment.currency and part.payment.goods.is_same_as(payment.goods)
    ]
    if not parts or payment.amount <= 0:
        return False
    part = parts[0]
    part.topped_up += payment.amount
    _note(state, Part(payment, part.lot, 0, payment.amount, is_cash=True), None)
    return True


def _pay_anew(state: ReplayState, left: MoneyLeft) -> None:
    """Settle units of the same goods that were reversed shortly before, ahead of any younger loss."""
    payment = left.payment
    for lot in state.taken_back:
        event = lot.event
        if not lot.reversed or event is None or lot.reversed_on is None or not left.reaches(lot):
            continue
        names_it = payment.goods.is_of_an_order and is_named_by(payment, lot)
        is_alike = event.category in payment.categories and is_of_its_money(payment, event, lot.currency)
        if not (event.goods.shares_name_with(payment.goods) and event.goods.is_same_as(payment.goods)):
            continue
        if not (names_it or is_alike):
            continue
        if payment.paid_on - lot.reversed_on <= PAID_ANEW:
            _take_from_reversed(state, lot, left)


def _take_from_reversed(state: ReplayState, lot: Lot, left: MoneyLeft) -> None:
    if lot.is_of_money:
        units, parts = lot.reversed, [(lot.reversed, left.spend_money(lot.reversed, lot.unit_value), True)]
    else:
        units = min(left.units, lot.reversed)
        parts = list(left.spend(units))
    lost = share(lot.reversed_amount, left.payment.currency, 0, units, lot.reversed)
    lot.reversed -= units
    lot.reversed_amount -= lost
    for number, amount, is_cash in parts:
        _note(state, Part(left.payment, lot, number, amount, is_cash), None)


def _pays_less_than_a_unit(payment: Payment, lots: Sequence[Lot]) -> bool:
    """Whether a Walmart credit is less than half of a unit's value: it settles none."""
    if payment.goods.channel != "walmart" or not lots or lots[0].is_of_money:
        return False
    return payment.amount < (lots[0].unit_value or Decimal(0)) / 2


def _pay_in_part(state: ReplayState, lot: Lot, left: MoneyLeft) -> None:
    payment = left.payment
    amount = left.spend_all()
    _note(state, Part(payment, lot, 0, amount, is_cash=True), None)
    lot.doubt(doubt("paid_in_part"), 1)


def _pay_lots(state: ReplayState, lots: Sequence[Lot], left: MoneyLeft) -> None:
    """Settle units as in `in_order`, the payment's own marketplace before unknown ones."""
    payment = left.payment
    for fitting in by_marketplace(lots, payment):
        for lot, case, is_denied in in_order(fitting, payment.paid_on):
            if not left.reaches(lot):
                break
            _settle(state, lot, case, left, is_denied=is_denied)


def _pay_its_case(state: ReplayState, lots: Sequence[Lot], left: MoneyLeft) -> None:
    """Settle the units of the case that the payment names first, including denied units."""
    payment = left.payment
    for lot in lots:
        if lot.currency not in ("", payment.currency):
            continue
        for is_denied, pool in ((False, lot.held), (True, lot.denied)):
            for entry in [entry for entry in pool if entry.case_id == payment.case_id]:
                _settle(state, lot, entry, left, is_denied=is_denied)


def _settle(state: ReplayState, lot: Lot, case: CaseEntry | None, left: MoneyLeft, *, is_denied: bool) -> None:
    """Settle as many units of a lot as the payment has: in a case or in none, denied or not."""
    if lot.is_of_money:
        _settle_by_money(state, lot, case, left, is_denied=is_denied)
        return
    taken = lot.take(left.units, case, denied=is_denied)
    for units, amount, is_cash in left.spend(taken):
        _note(state, Part(left.payment, lot, units, amount, is_cash), case)


def _settle_by_money(state: ReplayState, lot: Lot, case: CaseEntry | None, left: MoneyLeft, *, is_denied: bool) -> None:
    """Settle whole units at their value, and the last unit at the remaining money."""
    value = lot.unit_value
    taken = lot.take(units_reached(left.amount, value, lot.units), case, denied=is_denied)
    if taken:
        amount = left.spend_money(taken, value)
        lot.rest += max(taken * (value or Decimal(0)) - amount, Decimal(0))
        _note(state, Part(left.payment, lot, taken, amount, is_cash=True), case)


def _note(state: ReplayState, part: Part, case: CaseEntry | None) -> None:
    """Record a settled part of a lot, taken from a case or from none."""
    lot, payment = part.lot, part.payment
    state.note(part)
    if part.is_cash:
        lot.claimed += part.units
        lot.claimed_amount += part.amount
    else:
        lot.in_kind += part.units
    lot.prove("paid", payment.row_id, part.units, part.amount)
    lot.currency = payment.currency
    lot.last_case = payment.case_id or lot.last_case
    if case is not None:
        state.outcome.paid_for_case.setdefault(case, []).append(part)


def _keep_unmatched(state: ReplayState, payment: Payment, left: MoneyLeft) -> None:
    """Make an unmatched payment an item of its own, so that no paid money is lost."""
    units = left.units
    lot = state.payment_lot(payment, units, "Paid without a matching event")
    for part_units, amount, is_cash in left.spend(units):
        state.note(Part(payment, lot, part_units, amount, is_cash))
        if is_cash:
            lot.claimed += part_units
            lot.claimed_amount += amount
        else:
            lot.in_kind += part_units
    if left.amount:  # money without a unit: a correction of a fee, or of an earlier payment
        lot.claimed_amount += left.amount
        state.note(Part(payment, lot, 0, left.amount, True))
    lot.prove("paid", payment.row_id, units, lot.claimed_amount)
