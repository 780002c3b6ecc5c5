"""Applies a reversal: its money leaves Claimed, and its units are found again or lost for good.

A reversal works as the payment did: by units, or by money where an amount was owed.
"""

from collections.abc import Sequence
from decimal import Decimal

from core.settle.facts import Payment
from core.settle.lot import Part
from core.settle.matching import units_found
from core.settle.replay_state import ReplayState
from core.settle.splitting import Shares, units_gone


def reverse(state: ReplayState, payment: Payment) -> None:
    """Undo the payment that it reverses; a reversal without an original becomes an item of its own."""
    parts = _undone(state, payment)
    cash, inventory = max(-payment.units_cash, 0), max(-payment.units_inventory, 0)
    if _is_of_money(parts):
        _take_money(state, payment, parts)
    elif cash or inventory:
        _take_all_units(state, payment, parts, cash, inventory)
    else:
        _take_amount(state, payment, parts)


def _is_of_money(parts: Sequence[Part]) -> bool:
    """Whether the payment settled by money: at least in part, and no unit of it otherwise."""
    return any(part.lot.is_of_money for part in parts) and all(part.lot.is_of_money for part in parts if part.units)


def _take_money(state: ReplayState, payment: Payment, parts: Sequence[Part]) -> None:
    """Take an amount back from the latest paid units; a unit with nothing left is found or lost."""
    left, is_found = -payment.amount, units_found(payment) > 0
    for part in parts:
        amount = min(part.amount, left)
        if amount > 0:
            _reverse(state, part, payment, units_gone(part.units, part.amount, amount), amount, is_found=is_found)
            left -= amount
    if left:
        _keep(state, payment, left, is_found=is_found)


def _take_all_units(state: ReplayState, payment: Payment, parts: Sequence[Part], cash: int, inventory: int) -> None:
    """Take back the cash units, some of which may have been found, and the inventory units."""
    found = min(units_found(payment), cash)
    shares = Shares(-payment.amount, payment.currency, cash or inventory)
    _take_units(state, payment, parts, found, shares, is_cash=True, is_found=True)
    _take_units(state, payment, parts, cash - found, shares, is_cash=True, is_found=False)
    of_inventory = Shares(Decimal(0), payment.currency, inventory) if cash else shares
    _take_units(state, payment, parts, inventory, of_inventory, is_cash=False, is_found=False)


def _take_units(
    state: ReplayState,
    payment: Payment,
    parts: Sequence[Part],
    units: int,
    shares: Shares,
    *,
    is_cash: bool,
    is_found: bool,
) -> None:
    """Take units back: cash units first where cash is taken, inventory units where inventory is taken."""
    for part in sorted(parts, key=lambda part: part.is_cash != is_cash):  # stable: the latest first
        now = min(part.units, units)
        if now:
            _reverse(state, part, payment, now, shares.next(now), is_found=is_found)
            units -= now
    if units:
        _keep(state, payment, shares.next(units), is_found=is_found)


def _take_amount(state: ReplayState, payment: Payment, parts: Sequence[Part]) -> None:
    """Take back an amount without units, from the latest payments."""
    if parts:
        _reverse(state, parts[0], payment, 0, -payment.amount, is_found=False)
    else:
        _keep(state, payment, -payment.amount, is_found=False)


def _undone(state: ReplayState, payment: Payment) -> list[Part]:
    """The parts that a reversal undoes, the latest first: those of its original; without an original, those of the
    named order (Amazon) or of the goods (Walmart, whose rows never name one).

    One reimbursement id may cover lines of several goods; a reversal undoes only its own goods. On Walmart, parts of
    the same category come first, since lost units are the ones that are found.
    """
    if payment.original_reimbursement_id:
        parts: Sequence[Part] = state.parts_of.get(payment.original_reimbursement_id, ())
        return [part for part in reversed(parts) if _may_undo(payment, part.payment)]
    if payment.goods.channel == "walmart":
        parts = [part for part in reversed(state.index.parts(payment.goods)) if _may_undo(payment, part.payment)]
        return sorted(parts, key=lambda part: _rank(payment.category, part))
    if payment.goods.order_id:
        parts = state.index.parts_of_order(payment.goods)
        return [part for part in reversed(parts) if _may_undo(payment, part.payment) and _pays_alike(payment, part)]
    return []


def _rank(category: str | None, part: Part) -> int:
    """Parts of the reversal's category first, then parts whose payment names no category."""
    return (
        0
        if category in (part.payment.category, part.lot.origin.category)
        else 1
        if part.payment.category is None
        else 2
    )


def _pays_alike(taking_back: Payment, part: Part) -> bool:
    """Whether a reversal can be of a part's kind of payment; a reason used only for reversals (a clawback) fits any."""
    categories = set(taking_back.categories) - {"other"}
    return not categories or not categories.isdisjoint({*part.payment.categories, part.lot.origin.category})


def _may_undo(taking_back: Payment, payment: Payment) -> bool:
    return taking_back.currency == payment.currency and taking_back.goods.is_same_as(payment.goods)


def _reverse(state: ReplayState, part: Part, payment: Payment, units: int, amount: Decimal, *, is_found: bool) -> None:
    lot = part.lot
    part.units -= units
    part.amount -= amount
    if part.is_cash:
        lot.claimed -= units
    else:
        lot.in_kind -= units
    lot.claimed_amount -= amount
    if is_found or lot.event is None:  # a payment that was never owed is no loss
        lot.in_kind += units
    else:
        lot.reversed += units
        lot.reversed_amount += amount
        if not lot.reversed_on:
            state.taken_back.append(lot)
        lot.reversed_on = payment.paid_on
    lot.prove("reversed", payment.row_id, -units, -amount)


def _keep(state: ReplayState, payment: Payment, amount: Decimal, *, is_found: bool) -> None:
    """Record a reversal whose original is missing: an item without units."""
    lot = state.payment_lot(payment, 0, "Taken back without a matching payment")
    lot.claimed_amount -= amount
    if not is_found:
        lot.reversed_amount += amount
    lot.prove("reversed", payment.row_id, 0, -amount)
    state.outcome.taken_back_without_original.append((payment, amount))
