"""Cash for reimbursements in settlements: some days after the approval, and sometimes without one."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from core.vocabulary import Channel, Marketplace
from loaders.demo.model.chance import Chance
from loaders.demo.model.facts import Facts
from loaders.demo.model.order_events import CashLine
from loaders.demo.model.periods import closing
from loaders.demo.model.world import Fate, Goods, Payment
from loaders.demo.writers.files import Row, header, of, write_table

_NAMES = {
    "Lost_Warehouse": "WAREHOUSE_LOST",
    "Damaged_Warehouse": "WAREHOUSE_DAMAGE",
    "Lost_Inbound": "MISSING_FROM_INBOUND",
    "Damaged_Inbound": "INBOUND_CARRIER_DAMAGE",
    "Removal_Order_Lost": "REMOVAL_ORDER_LOST",
    "Removal_Order_Damaged": "REMOVAL_ORDER_DAMAGED",
    "CustomerReturn": "REVERSAL_REIMBURSEMENT",
    "Reversal_Reimbursement": "REVERSAL_REIMBURSEMENT",
    "CustomerServiceIssue": "CS_ERROR_ITEMS",
    "Free_Replacement_Refund_Items": "FREE_REPLACEMENT_REFUND_ITEMS",
    "Fee_Correction": "INCORRECT_FEES_ITEMS",
    "RE_EVALUATION": "RE_EVALUATION",
    "General_Adjustment": "GENERAL_ADJUSTMENT",
    "GeneralAdjustment": "GENERAL_ADJUSTMENT",
    "CARRIER_DAMAGED_DISCARD": "CARRIER_DAMAGED_DISCARD",
    "Lost_Outbound": "LOST_OUTBOUND",
}
_UNEXPLAINED = ("WAREHOUSE_LOST", "WAREHOUSE_DAMAGE_EXCEPTION", "REVERSAL_REIMBURSEMENT", "RE_EVALUATION")


def pay_out(facts: Facts, chance: Chance) -> None:
    """Pay each of Amazon's reimbursements 2 to 14 days after its approval, and now and then cash that no report has.

    Payments after the last settlement are still outstanding.
    """
    for payment in facts.payments:
        if payment.marketplace.channel is Channel.AMAZON and payment.amount:
            line = _line(payment, chance)
            if line.at <= closing(facts.today):
                facts.cash.append(line)
    goods = _with_nothing_open(facts)
    for marketplace in facts.seller.marketplaces:
        if marketplace.channel is Channel.AMAZON:
            facts.cash.extend(_unexplained(facts, goods, marketplace, chance))


def write_cash_truth(facts: Facts, path: Path) -> None:
    """Write the approved and unpaid reimbursements, and the cash without a reimbursement."""
    write_table(path, header("cash_truth"), sorted((*_not_yet(facts), *_without_reimbursement(facts)), key=str))


def _line(payment: Payment, chance: Chance) -> CashLine:
    name = _NAMES.get(payment.reason, "COMPENSATED_CLAWBACK") if payment.amount > 0 else "COMPENSATED_CLAWBACK"
    if name == "WAREHOUSE_LOST" and payment.case_id:
        name = "WAREHOUSE_LOST_MANUAL"
    return CashLine(
        at=payment.at + timedelta(days=chance.randint(2, 14)),
        marketplace=payment.marketplace,
        description=name,
        amount=payment.amount,
        sku=payment.goods.sku,
        order_id=payment.order_id,
        units=abs(payment.cash),
        names_marketplace=chance.happens(0.6),
        payment=payment,
    )


def _with_nothing_open(facts: Facts) -> list[Goods]:
    """Goods without open units: unexplained cash for others could be for those."""
    parts = [(one.line.goods, part) for one in facts.incidents for part in one.parts]
    parts += [(one.goods, part) for one in facts.owed for part in one.parts]
    opened = {goods.sku for goods, part in parts if part.fate is Fate.OPEN}
    return [goods for goods in facts.goods if goods.sku not in opened]


def _unexplained(facts: Facts, idle: Sequence[Goods], marketplace: Marketplace, chance: Chance) -> Iterator[CashLine]:
    for _ in range(chance.randint(1, 3)):
        goods = chance.choice(idle)
        on = facts.today - timedelta(days=chance.randint(2, 360))
        yield CashLine(
            at=chance.moment(on, marketplace.time_zone),
            marketplace=marketplace,
            description=chance.choice(_UNEXPLAINED),
            amount=chance.amount(goods.prices[marketplace.currency], 0.3, 0.7, marketplace.currency),
            sku=goods.sku,
            order_id="",
            units=1,
            names_marketplace=chance.happens(0.6),
        )


def _not_yet(facts: Facts) -> Iterator[Row]:
    paid = {id(line.payment) for line in facts.cash}
    for payment in facts.payments:
        if payment.marketplace.channel is Channel.AMAZON and payment.amount and id(payment) not in paid:
            what = of(payment, "marketplace.code marketplace.currency reimbursement_id case_id order_id goods.sku")
            yield ("approved, not paid yet", *what, payment.at.date().isoformat(), payment.amount)


def _without_reimbursement(facts: Facts) -> Iterator[Row]:
    for line in facts.cash:
        if line.payment is None:
            place, on = of(line, "marketplace.code marketplace.currency"), line.at.date().isoformat()
            yield ("paid, in no reimbursement", *place, "", "", line.order_id, line.sku, on, Decimal(line.amount))
