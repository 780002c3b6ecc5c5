"""Amazon orders that must be judged with another fact: a payment under another name, other cash, a second refund, an
unusual return.
"""

from datetime import date, timedelta
from decimal import Decimal

from loaders.demo.model.order_events import CashLine, Sale
from loaders.demo.model.periods import closing
from loaders.demo.model.scene import Scene
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Goods, Owed
from loaders.demo.stories import outcomes
from loaders.demo.stories.orders import scenarios
from loaders.demo.stories.orders.after_sale import (
    OutsideReports,
    by_day,
    refund,
    replace_units,
    send_back,
    shown_day,
    take_refund_back,
)
from loaders.demo.stories.orders.amazon_plots import never_back, sold
from loaders.demo.stories.orders.claims import Begin, Claim, Plot, Trap, money_owed, owed_for, since_opening
from loaders.demo.stories.orders.sales import Terms, sell
from loaders.demo.stories.scenarios import Scenario

_IN_PARTS = (Decimal("0.4"), Decimal("0.35"))
"""The shares of the price refunded before the last part; each is less than half."""


def paid_under_another_reason(scene: Scene, owed: Owed, since: date) -> None:
    """Paid for the named order, under a reason for other kinds."""
    outcomes.paid(scene, owed, since)
    scene.facts.payments[-1].reason = scene.chance.choice(("Lost_Outbound", "GeneralAdjustment", "Lost_Warehouse"))


def _claim(sale: Sale, clock_on: date, category: str = "return_lost", units: int = 1) -> Claim:
    owed = owed_for(sale, category, clock_on, clock_on, units)
    return Claim(owed, window_of(category, sale.marketplace).first_day(clock_on))


def _doubtful(claim: Claim) -> Claim:
    claim.owed.is_doubtful = True
    return claim


def paid_before_the_refund(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Paid for the order some weeks before the refund is posted, perhaps for it."""
    paid_on = clock_on - timedelta(days=scene.chance.randint(10, 30))
    sale = sold(scene, goods, scene.moment(paid_on))
    refund(scene, sale, scene.moment(clock_on))
    per_unit = scene.chance.amount(sale.price, 0.6, 0.8, scene.currency)
    scene.pay_unexplained(goods, paid_on, "CustomerReturn", per_unit, 1, order_id=sale.order_id)
    return _doubtful(_claim(sale, clock_on))


def cash_without_reimbursement(scene: Scene, goods: Goods, clock_on: date, units: int) -> Claim:
    """A settlement has cash for the order, and no reimbursement does."""
    claim = never_back(scene, goods, clock_on, units)
    line = CashLine(
        at=scene.moment(scene.later(clock_on, 5, 40)),
        marketplace=scene.marketplace,
        description="REVERSAL_REIMBURSEMENT",
        amount=scene.chance.amount(goods.prices[scene.currency], 0.5, 0.7, scene.currency),
        sku=goods.sku,
        order_id=claim.owed.order_id,
        units=1,
        names_marketplace=True,
    )
    if line.at > closing(scene.today):
        raise OutsideReports
    scene.facts.cash.append(line)
    return _doubtful(claim)


def refunded_in_parts(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """The price is refunded in three parts on three days; the last one starts the clock."""
    first = clock_on - timedelta(days=9)
    sale = sold(scene, goods, scene.moment(first))
    given = Decimal(0)
    for number, share in enumerate(_IN_PARTS):
        given += refund(scene, sale, scene.moment(first + timedelta(days=4 * number)), of_price=share).goods
    refund(scene, sale, scene.moment(clock_on), of_price=(sale.price - given) / sale.price)
    return _doubtful(_claim(sale, clock_on))


def refunded_again(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded, charged again and refunded again, which starts the clock."""
    first = scene.moment(clock_on - timedelta(days=20))
    sale = sold(scene, goods, first)
    take_refund_back(scene, refund(scene, sale, first), scene.moment(clock_on - timedelta(days=12)))
    refund(scene, sale, scene.moment(clock_on))
    return _claim(sale, clock_on)


def guarantee_on_top(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Refunded and sent back, and refunded once more by a guarantee claim."""
    first = clock_on - timedelta(days=20)
    back_on = shown_day(scene, first, first + timedelta(days=9))
    sale = sold(scene, goods, scene.moment(first))
    refund(scene, sale, scene.moment(first))
    send_back(scene, sale, by_day(scene, back_on))
    again = refund(scene, sale, scene.moment(clock_on), kind="A-to-z Guarantee Refund")
    owed = money_owed(sale, "refunded_more", clock_on, again.goods)
    return _doubtful(Claim(owed, clock_on))


def refunded_one_and_a_half(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Three quarters of the price of two units are refunded, without a number of units."""
    at = scene.moment(clock_on)
    sale = sold(scene, goods, at, 2)
    refund(scene, sale, at, of_price=Decimal("0.75"), is_counted=False)
    claim = _doubtful(_claim(sale, clock_on, units=2))
    claim.owed.unit_value = None  # it depends on the number of units
    return claim


def back_and_said_paid(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Back, damaged by the carrier, and the return's status says reimbursed."""
    at = scene.moment(clock_on)
    back_on = shown_day(scene, clock_on, clock_on + timedelta(days=20))
    sale = sold(scene, goods, at)
    refund(scene, sale, at)
    send_back(scene, sale, by_day(scene, back_on), "CARRIER_DAMAGED", status="Reimbursed")
    return _doubtful(_claim(sale, clock_on, "return_carrier_damaged"))


def sibling_back(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Another product of the order comes back without a refund: perhaps the refunded unit under another name."""
    at = scene.moment(clock_on)
    back_on = shown_day(scene, clock_on, clock_on + timedelta(days=14))
    sale = sold(scene, goods, at)
    others = [other for other in scene.facts.goods if other.department == goods.department and other is not goods]
    other = sell(scene, scene.chance.choice(others), sale.at, 1, Terms(order_id=sale.order_id))
    refund(scene, sale, at)
    send_back(scene, other, by_day(scene, back_on))
    return _doubtful(_claim(sale, clock_on))


def plate_told_twice(scene: Scene, goods: Goods, clock_on: date, _units: int) -> Claim:
    """Two units are refunded and one comes back, with two dates in two exports."""
    at = scene.moment(clock_on)
    back_on = shown_day(scene, clock_on, clock_on + timedelta(days=14))
    again_on = shown_day(scene, back_on + timedelta(days=1), back_on + timedelta(days=6))
    sale = sold(scene, goods, at, 2)
    refund(scene, sale, at)
    send_back(scene, sale, by_day(scene, back_on), told_again_at=by_day(scene, again_on))
    return _claim(sale, clock_on)


def _exchanged(scene: Scene, goods: Goods, on: date) -> Sale:
    """Another product is sent in exchange, and the original comes back."""
    back_on = shown_day(scene, on + timedelta(days=3), on + timedelta(days=25))
    sale = sold(scene, goods, scene.moment(on))
    others = [other for other in scene.facts.goods if other.department == goods.department and other is not goods]
    replace_units(scene, sale, scene.moment(on), scene.chance.choice(others))
    send_back(scene, sale, by_day(scene, back_on))
    return sale


_OPEN = scenarios.of_one((scenarios.UNPAID[0], scenarios.UNPAID[-1]))


def _plot(category: str, begin: Begin, decoy: str, endings: tuple[Scenario, ...] = _OPEN) -> Plot:
    return Plot(category, begin, endings, 0.3, decoy)


DOUBT_PLOTS = (
    _plot(
        "return_lost",
        never_back,
        "paid under another reason",
        scenarios.of_one((Scenario(paid_under_another_reason, since_opening(20)),)),
    ),
    _plot("return_lost", paid_before_the_refund, "paid before the refund"),
    _plot("return_lost", cash_without_reimbursement, "cash that no reimbursement tells"),
    _plot("return_lost", refunded_in_parts, "refunded in parts"),
    _plot("return_lost", refunded_again, "refunded, taken back, refunded again"),
    _plot("refunded_more", guarantee_on_top, "guarantee claim on top of a refund"),
    _plot("return_lost", refunded_one_and_a_half, "refund of one and a half units"),
    _plot("return_carrier_damaged", back_and_said_paid, "the return says that it was paid"),
    _plot("return_lost", sibling_back, "a sibling of the order came back"),
    _plot("return_lost", plate_told_twice, "one licence plate told twice"),
)
"""What can happen."""

DOUBT_TRAPS = (Trap("replacement_lost", "exchanged, and the original came back", _exchanged, (30, 330)),)
