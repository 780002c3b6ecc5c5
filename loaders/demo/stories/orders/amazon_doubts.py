"""Amazon orders that must be judged with another fact: a payment under another name, other cash, a second refund, an
unusual return.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model.order_events import CashLine, Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import by_day, refund, send_back, shown_day, take_refund_back
from loaders.demo.stories.orders.amazon_returns import NEVER_BACK
from loaders.demo.stories.orders.claims import Claim, Plot, Trap, money_owed, owed_for, since_opening
from loaders.demo.stories.orders.course import Back, Course, sold
from loaders.demo.stories.scenarios import Scenario

_IN_PARTS = (Decimal("0.4"), Decimal("0.35"))
"""The shares of the price refunded before the last part; each is less than half."""


def paid_under_another_reason(scene: Scene, owed: Owed, since: date) -> None:
    """Paid for the named order, under a reason for other kinds."""
    outcomes.paid(scene, owed, since)
    scene.facts.payments[-1].reason = scene.chance.choice(("Lost_Outbound", "GeneralAdjustment", "Lost_Warehouse"))


def cash_without_reimbursement(scene: Scene, owed: Owed, since: date) -> None:
    """A settlement has cash for the order, and no reimbursement does."""
    on = min(scene.later(since, 1, 40), scene.today - timedelta(days=1))
    amount = scene.chance.amount(owed.goods.prices[scene.currency], 0.5, 0.7, scene.currency)
    what = (scene.marketplace, "REVERSAL_REIMBURSEMENT", amount, owed.goods.sku, owed.order_id)
    scene.facts.cash.append(CashLine(scene.moment(on), *what, units=1, names_marketplace=True))
    owed.is_doubtful = True
    outcomes.unpaid(scene, owed, since)


def _lost(sale: Sale, clock_on: date, *, is_doubtful: bool) -> Claim:
    owed = owed_for(sale, "return_lost", clock_on, clock_on, 1)
    owed.is_doubtful = is_doubtful
    return Claim(owed, window_of("return_lost", sale.marketplace).first_day(clock_on))


def paid_before_the_refund(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Paid for the order some weeks before the refund is posted, perhaps for it."""
    paid_on = clock_on - timedelta(days=scene.chance.randint(10, 30))
    sale = sold(scene, goods, scene.moment(paid_on))
    refund(scene, sale, scene.moment(clock_on))
    per_unit = scene.chance.amount(sale.price, 0.6, 0.8, scene.currency)
    scene.pay_unexplained(goods, paid_on, "CustomerReturn", per_unit, 1, order_id=sale.order_id)
    return _lost(sale, clock_on, is_doubtful=True)


def refunded_in_parts(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The price is refunded in three parts on three days; the last one starts the clock."""
    first = clock_on - timedelta(days=9)
    sale = sold(scene, goods, scene.moment(first))
    given = Decimal(0)
    for number, share in enumerate(_IN_PARTS):
        given += refund(scene, sale, scene.moment(first + timedelta(days=4 * number)), of_price=share).goods
    refund(scene, sale, scene.moment(clock_on), of_price=(sale.price - given) / sale.price)
    return _lost(sale, clock_on, is_doubtful=True)


def refunded_again(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded, charged again and refunded again, which starts the clock."""
    first = scene.moment(clock_on - timedelta(days=20))
    sale = sold(scene, goods, first)
    take_refund_back(scene, refund(scene, sale, first), scene.moment(clock_on - timedelta(days=12)))
    refund(scene, sale, scene.moment(clock_on))
    return _lost(sale, clock_on, is_doubtful=False)


def guarantee_on_top(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded and sent back, and refunded once more by a guarantee claim."""
    first = clock_on - timedelta(days=20)
    back_on = shown_day(scene, first, first + timedelta(days=9))
    sale = sold(scene, goods, scene.moment(first))
    refund(scene, sale, scene.moment(first))
    send_back(scene, sale, by_day(scene, back_on))
    again = refund(scene, sale, scene.moment(clock_on), kind="A-to-z Guarantee Refund")
    owed = money_owed(sale, "refunded_more", clock_on, again.goods)
    owed.is_doubtful = True
    return Claim(owed, clock_on)


_OPEN = scenarios.of_one((scenarios.UNPAID[0], scenarios.UNPAID[-1]))
_CASH = tuple(replace(scenario, tell=cash_without_reimbursement) for scenario in _OPEN)


DOUBT_PLOTS = (
    Plot(
        *("return_lost", NEVER_BACK, scenarios.of_one((Scenario(paid_under_another_reason, since_opening(20)),))),
        *(0.3, "paid under another reason"),
    ),
    Plot("return_lost", paid_before_the_refund, _OPEN, 0.3, "paid before the refund"),
    Plot("return_lost", NEVER_BACK, _CASH, 0.3, "cash that no reimbursement tells"),
    Plot("return_lost", refunded_in_parts, _OPEN, 0.3, "refunded in parts"),
    Plot("return_lost", refunded_again, _OPEN, 0.3, "refunded, taken back, refunded again"),
    Plot("refunded_more", guarantee_on_top, _OPEN, 0.3, "guarantee claim on top of a refund"),
    Plot(
        *("return_lost", Course(units=2, of_price=(75, 75), is_counted=False), _OPEN, 0.3),
        "refund of one and a half units",
        is_doubtful=True,
    ),
    Plot(
        "return_carrier_damaged",
        Course(units=1, back=Back(0, 20, ("CARRIER_DAMAGED",), status="Reimbursed")),
        *(_OPEN, 0.3, "the return says that it was paid"),
        is_doubtful=True,
    ),
    Plot(
        *("return_lost", Course(units=1, other="only sold", back=Back(0, 14)), _OPEN, 0.3),
        "a sibling of the order came back",
        is_doubtful=True,
    ),
    Plot(
        *("return_lost", Course(units=2, back=Back(0, 14, units=1, is_told_twice=True)), _OPEN, 0.3),
        "one licence plate told twice",
        owes=1,
    ),
)
"""What can happen."""

_EXCHANGED = Course(units=1, is_refunded=False, replaced_by="another", back=Back(3, 25))
DOUBT_TRAPS = (Trap("replacement_lost", "exchanged, and the original came back", _EXCHANGED, (30, 330)),)
