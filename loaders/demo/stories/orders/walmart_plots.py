"""Ways in which Walmart comes to owe money for an order, and events that only look so."""

from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model import tariff
from loaders.demo.model.order_events import Sale
from loaders.demo.model.periods import settled_on
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import OutsideReports, by_day
from loaders.demo.stories.orders.claims import Claim, Plot, Trap, both, money_owed, owed_for, since_opening
from loaders.demo.stories.orders.sales import Terms, right_commission, sell
from loaders.demo.stories.orders.walmart_returns import CUSTOMERS_FAULT, DAMAGED, LOST, Asked, ask_for_another, sold
from loaders.demo.stories.scenarios import Scenario, aged, with_days_left


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


def paid_less_than_half(scene: Scene, owed: Owed, since: date) -> None:
    """A dispute pays less than half of a unit's value: the money counts, and the unit stays open."""
    per_unit = scene.chance.amount(owed.unit_value or owed.goods.prices["USD"], 0.2, 0.4, "USD")
    scene.pay(owed.goods, scene.later(since, 2, 10), "Dispute", per_unit, 1, order_id=owed.order_id)
    owed.beside, owed.is_doubtful = per_unit, True
    owed.end(Fate.OPEN)


_USUAL = scenarios.of_one((*scenarios.UNPAID, *scenarios.PAID, *scenarios.CLAIMED))
_DELAYED = scenarios.of_one((scenarios.UNPAID[-1], Scenario(outcomes.paid, aged(110, 365), 3)))
_REPLACED = scenarios.of_one(
    (
        Scenario(outcomes.unpaid, aged(5, 200), 3, decoy="no report dates the replacement"),
        Scenario(outcomes.paid, aged(30, 365), 6),
        Scenario(outcomes.in_case, aged(24, 80), 1),
        Scenario(outcomes.denied, aged(40, 365), 1),
    )
)
_OVERCHARGED = scenarios.of_one(
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
)
_AFTER_THE_LAST_DAY = (31, 35)
_NEVER_BACK = Asked(DAMAGED, requested=_AFTER_THE_LAST_DAY, back=None)

WALMART_PLOTS = (
    Plot("return_lost", Asked(LOST, units=0, requested=_AFTER_THE_LAST_DAY), (*_USUAL, *scenarios.SOME_UNITS)),
    Plot("return_carrier_damaged", Asked(DAMAGED), _USUAL),
    Plot("refunded_more", Asked(of_price=(115, 150)), _USUAL, 0.6),
    # after every possible last day to return
    Plot("return_delayed", Asked(("NO_LONGER_NEEDED",), back=(63, 80)), _DELAYED, 0.6),
    Plot("replacement_lost", replaced, _REPLACED, 0.6),
    Plot("referral_fee_overcharge", commission_too_high, _OVERCHARGED, 1.5),
)

WALMART_DOUBT_PLOTS = (
    Plot(
        *("return_lost", Asked(DAMAGED, requested=_AFTER_THE_LAST_DAY, back=None, is_completed=True)),
        *(scenarios.of_one((scenarios.UNPAID[0], scenarios.PAID[0])), 0.3),
        "completed while the goods are on their way",
    ),
    Plot(
        *("refunded_more", Asked(("ARRIVED_LATE", "INCORRECT_ITEM")), scenarios.of_one((scenarios.UNPAID[0],)), 0.3),
        "back at Walmart's own fault",
        is_doubtful=True,
    ),
    Plot(
        *("return_lost", _NEVER_BACK, scenarios.of_one((Scenario(paid_less_than_half, since_opening(12, 40)),)), 0.3),
        "a dispute of less than half a unit",
    ),
)
"""Those that must be judged with another fact: the state of the goods in a return, a dispute that is too small."""


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


_KEPT = Asked((*CUSTOMERS_FAULT, *DAMAGED), back=None, is_keep_it=True, description="Keep-it refund")
_BY_SELLER = Asked(back=None, description="Seller Initiated Returns", refund_channel="SELLER_MANUAL_REFUND")

WALMART_TRAPS = (
    Trap("return_lost", "keep-it", _KEPT),
    Trap("return_lost", "seller-initiated", _BY_SELLER),
    Trap("return_lost", "failed delivery, back and not charged", Asked(("UNABLE_TO_DELIVER",), is_charged=False)),
    Trap("return_lost", "not charged", Asked((*LOST, *DAMAGED), is_charged=False)),
    Trap("return_lost", "charge reversed", Asked((*LOST, *DAMAGED), is_reversed=True), (12, 330)),
    Trap("return_lost", "goodwill", Asked(("ARRIVED_LATE",), of_price=(10, 40), back=None)),
    Trap("return_carrier_damaged", "customer's fault", Asked()),
    Trap("replacement_lost", "the original came back", _original_back, (16, 330)),
    Trap("referral_fee_overcharge", "commission incentive", _incentive),
    Trap("referral_fee_overcharge", "several units in one line", _several),
    Trap("referral_fee_overcharge", "rate of another contract category", _electronics),
    Trap("referral_fee_overcharge", "commission returned with a refund", Asked(("NO_LONGER_NEEDED",))),
)
