"""Ways in which Walmart comes to owe money for an order, and events that only look so."""

from datetime import date, timedelta
from decimal import Decimal

from core.money import rounded
from loaders.demo.model import tariff
from loaders.demo.model.order_events import Sale
from loaders.demo.model.periods import settled_on
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import OutsideReports, by_day
from loaders.demo.stories.orders.claims import Claim, Plot, Trap, both, money_owed, owed_for, since_opening
from loaders.demo.stories.orders.sales import Terms, right_commission, sell
from loaders.demo.stories.orders.walmart_returns import CUSTOMERS_FAULT, DAMAGED, LOST, Asked, ask, ask_for_another
from loaders.demo.stories.scenarios import Scenario, aged, with_days_left


def sold(scene: Scene, goods: Goods, before: date, units: int = 1) -> Sale:
    """An order some days before its incident."""
    on = max(before - timedelta(days=scene.chance.randint(4, 12)), scene.facts.since + timedelta(days=1))
    return sell(scene, goods, by_day(scene, on), units)


def lost_on_the_way(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
    """Lost by the carrier, refunded at the seller's cost after the last day to return, and never back."""
    requested = clock_on - timedelta(days=scene.chance.randint(31, 35))
    sale = sold(scene, goods, requested, units)
    asked = Asked(scene.chance.choice(LOST), units=units)
    ask(scene, sale, by_day(scene, requested), asked, refunded_on=clock_on)
    return Claim(owed_for(sale, "return_lost", clock_on, clock_on, units), clock_on)


def damaged_on_the_way(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
    """Damaged by the carrier, refunded at the seller's cost, and back."""
    requested = clock_on - timedelta(days=scene.chance.randint(3, 9))
    sale = sold(scene, goods, requested, units)
    asked = Asked(scene.chance.choice(DAMAGED), units=units)
    ask(scene, sale, by_day(scene, requested), asked, refunded_on=clock_on, back_on=clock_on)
    return Claim(owed_for(sale, "return_carrier_damaged", clock_on, clock_on, units), clock_on)


def refunded_above_price(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """More is refunded than the goods were sold for; they are back."""
    requested = clock_on - timedelta(days=scene.chance.randint(3, 9))
    sale = sold(scene, goods, requested)
    more = Decimal(scene.chance.randint(115, 150)) / 100
    asked = Asked(scene.chance.choice(CUSTOMERS_FAULT), of_price=more)
    order = ask(scene, sale, by_day(scene, requested), asked, refunded_on=clock_on, back_on=clock_on)
    refunded = order.refund.goods if order.refund else sale.principal
    owed = money_owed(sale, "refunded_more", clock_on, rounded(refunded - sale.principal, "USD"))
    return Claim(owed, clock_on)


def back_too_late(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded, and back more than two months later: after every possible last day to return."""
    requested = clock_on - timedelta(days=scene.chance.randint(3, 9))
    back_on = clock_on + timedelta(days=scene.chance.randint(63, 80))
    if back_on > scene.today:
        raise OutsideReports
    sale = sold(scene, goods, requested)
    asked = Asked("NO_LONGER_NEEDED")
    ask(scene, sale, by_day(scene, requested), asked, refunded_on=clock_on, back_on=back_on)
    return Claim(owed_for(sale, "return_delayed", clock_on, clock_on, 1), back_on)


def replaced(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Sent again, and the original never comes back. No report dates the replacement's shipment."""
    sale = sold(scene, goods, clock_on)
    ask_for_another(scene, sale, by_day(scene, clock_on), None)
    return Claim(owed_for(sale, "replacement_lost", None, clock_on, 1), clock_on)


def commission_too_high(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The line names the correct contract category, and is charged by another's rate."""
    on = settled_on(clock_on, scene.today)
    if on is None:
        raise OutsideReports
    rate = tariff.referral_rate(goods, scene.marketplace, clock_on, scene.today)
    terms = Terms(rate=rate + scene.chance.choice((Decimal("0.02"), Decimal("0.05"), Decimal("0.07"))))
    sale = sell(scene, goods, by_day(scene, clock_on), scene.chance.randint(1, 2), terms)
    owed = money_owed(sale, "referral_fee_overcharge", on, sale.commission - right_commission(scene, sale))
    return Claim(owed, on)


WALMART_PLOTS = (
    Plot(
        "return_lost",
        lost_on_the_way,
        (*scenarios.of_one((*scenarios.UNPAID, *scenarios.PAID, *scenarios.CLAIMED)), *scenarios.SOME_UNITS),
    ),
    Plot(
        "return_carrier_damaged",
        damaged_on_the_way,
        scenarios.of_one((*scenarios.UNPAID, *scenarios.PAID, *scenarios.CLAIMED)),
    ),
    Plot(
        "refunded_more",
        refunded_above_price,
        scenarios.of_one((*scenarios.UNPAID, *scenarios.PAID, *scenarios.CLAIMED)),
        0.6,
    ),
    Plot(
        "return_delayed",
        back_too_late,
        scenarios.of_one((scenarios.UNPAID[-1], Scenario(outcomes.paid, aged(110, 365), 3))),
        0.6,
    ),
    Plot(
        "replacement_lost",
        replaced,
        scenarios.of_one(
            (
                Scenario(outcomes.unpaid, aged(5, 200), 3, decoy="no report dates the replacement"),
                Scenario(outcomes.paid, aged(30, 365), 6),
                Scenario(outcomes.in_case, aged(24, 80), 1),
                Scenario(outcomes.denied, aged(40, 365), 1),
            )
        ),
        0.6,
    ),
    Plot(
        "referral_fee_overcharge",
        commission_too_high,
        scenarios.of_one(
            (
                Scenario(outcomes.unpaid, aged(2, 80), 4),
                Scenario(outcomes.unpaid, aged(84, 97), 0.5, decoy="near the last day of the window"),
                Scenario(outcomes.unpaid, aged(105, 365), 2, decoy="outside the window"),
                Scenario(outcomes.paid, aged(40, 365), 10),
                Scenario(outcomes.underpaid, aged(40, 365), 1),
                Scenario(outcomes.in_case, both(since_opening(20), with_days_left(0, 600)), 1),
                Scenario(outcomes.denied, aged(50, 365), 1),
                Scenario(outcomes.paid_case, aged(60, 365), 1),
            )
        ),
        1.5,
    ),
)


def _back(scene: Scene, goods: Goods, on: date, asked: Asked, *, is_back: bool = True) -> Sale:
    requested = on - timedelta(days=scene.chance.randint(3, 9))
    sale = sold(scene, goods, requested)
    ask(scene, sale, by_day(scene, requested), asked, refunded_on=on, back_on=on if is_back else None)
    return sale


def _keep_it(scene: Scene, goods: Goods, on: date) -> Sale:
    reason = scene.chance.choice((*CUSTOMERS_FAULT, *DAMAGED))
    return _back(scene, goods, on, Asked(reason, is_keep_it=True, description="Keep-it refund"), is_back=False)


def _seller_initiated(scene: Scene, goods: Goods, on: date) -> Sale:
    reason = scene.chance.choice(CUSTOMERS_FAULT)
    asked = Asked(reason, description="Seller Initiated Returns", refund_channel="SELLER_MANUAL_REFUND")
    return _back(scene, goods, on, asked, is_back=False)


def _customers_fault(scene: Scene, goods: Goods, on: date) -> Sale:
    return _back(scene, goods, on, Asked(scene.chance.choice(CUSTOMERS_FAULT)))


def _not_delivered(scene: Scene, goods: Goods, on: date) -> Sale:
    """It could not be delivered and came back; the seller was charged nothing."""
    return _back(scene, goods, on, Asked("UNABLE_TO_DELIVER", is_charged=False))


def _not_charged(scene: Scene, goods: Goods, on: date) -> Sale:
    reason = scene.chance.choice((*LOST, *DAMAGED))
    return _back(scene, goods, on, Asked(reason, is_charged=False), is_back=reason in DAMAGED)


def _charge_reversed(scene: Scene, goods: Goods, on: date) -> Sale:
    reason = scene.chance.choice((*LOST, *DAMAGED))
    return _back(scene, goods, on, Asked(reason, is_reversed=True), is_back=reason in DAMAGED)


def _goodwill(scene: Scene, goods: Goods, on: date) -> Sale:
    share = Decimal(scene.chance.randint(10, 40)) / 100
    return _back(scene, goods, on, Asked("ARRIVED_LATE", of_price=share), is_back=False)


def _original_back(scene: Scene, goods: Goods, on: date) -> Sale:
    sale = sold(scene, goods, on)
    ask_for_another(scene, sale, by_day(scene, on), on + timedelta(days=scene.chance.randint(4, 14)))
    return sale


def _incentive(scene: Scene, goods: Goods, on: date) -> Sale:
    """A commission below the rate's."""
    return sell(scene, goods, by_day(scene, on), 1, Terms(commission_saved=Decimal("0.05")))


def _several(scene: Scene, goods: Goods, on: date) -> Sale:
    return sell(scene, goods, by_day(scene, on), 3)


def _electronics(scene: Scene, _goods: Goods, on: date) -> Sale:
    """Another contract category, with a rate of its own."""
    found = [goods for goods in scene.facts.goods if tariff.contract_category(goods) == "Consumer Electronics"]
    if not found:
        raise OutsideReports
    return sell(scene, scene.chance.choice(found), by_day(scene, on), 1)


def _commission_returned(scene: Scene, goods: Goods, on: date) -> Sale:
    return _back(scene, goods, on, Asked("NO_LONGER_NEEDED"))


WALMART_TRAPS = (
    Trap("return_lost", "keep-it", _keep_it),
    Trap("return_lost", "seller-initiated", _seller_initiated),
    Trap("return_lost", "failed delivery, back and not charged", _not_delivered),
    Trap("return_lost", "not charged", _not_charged),
    Trap("return_lost", "charge reversed", _charge_reversed, (12, 330)),
    Trap("return_lost", "goodwill", _goodwill),
    Trap("return_carrier_damaged", "customer's fault", _customers_fault),
    Trap("replacement_lost", "the original came back", _original_back, (16, 330)),
    Trap("referral_fee_overcharge", "commission incentive", _incentive),
    Trap("referral_fee_overcharge", "several units in one line", _several),
    Trap("referral_fee_overcharge", "rate of another contract category", _electronics),
    Trap("referral_fee_overcharge", "commission returned with a refund", _commission_returned),
)
