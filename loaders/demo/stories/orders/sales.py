"""Sales: an order line with the customer's payment and the marketplace's fees."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.money import rounded
from core.vocabulary import Channel
from loaders.demo.model import tariff
from loaders.demo.model.order_events import Sale
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods, Kind

_PLACES = {
    "US": (
        ("Austin", "TX", "78701"),
        ("Portland", "OR", "97205"),
        ("Columbus", "OH", "43215"),
        ("Tampa", "FL", "33602"),
        ("Boise", "ID", "83702"),
        ("Albany", "NY", "12207"),
        ("Fresno", "CA", "93721"),
        ("Bentonville", "AR", "72712"),
    ),
    "CA": (("Hamilton", "ON", "L8P 1A1"), ("Kelowna", "BC", "V1Y 6H2"), ("Laval", "QC", "H7N 0A4")),
    "GB": (("Leeds", "", "LS1 4AP"), ("Norwich", "", "NR2 1TF"), ("Cardiff", "", "CF10 1EP")),
    "DE": (("Köln", "", "50667"), ("Leipzig", "", "04109"), ("Würzburg", "", "97070")),
    "JP": (("札幌市", "北海道", "060-0001"), ("京都市", "京都府", "600-8216"), ("福岡市", "福岡県", "810-0001")),
}
_WITHOUT_TAX = "OR"
_TAX = Decimal("0.0825")
_DEARER_ELSEWHERE = Decimal("1.9")


@dataclass(frozen=True)
class Terms:
    """The deviations of an order line from the plain one.

    `rate` and `size` are those that the marketplace charged by, correctly or not; `commission_saved` is Walmart's
    incentive, as a share of the price; `order_id` adds the line to an existing order.
    """

    price: Decimal | None = None
    order_id: str = ""
    shipping: Decimal = Decimal(0)
    gift_wrap: Decimal = Decimal(0)
    promotion: Decimal = Decimal(0)
    rate: Decimal | None = None
    size: int | None = None
    commission_saved: Decimal = Decimal(0)
    is_elsewhere: bool = False


PLAIN = Terms()


def sell(scene: Scene, goods: Goods, at: datetime, units: int, terms: Terms = PLAIN) -> Sale:
    """Sell and ship units of one product from the stock."""
    chance, facts = scene.chance, scene.facts
    is_amazon = scene.marketplace.channel is Channel.AMAZON
    ship_to = chance.choice(_PLACES[scene.marketplace.country])
    price = rounded(Decimal(0), scene.currency) if terms.is_elsewhere else terms.price or goods.prices[scene.currency]
    commission, saved = _commission(scene, goods, at, price * units, terms)
    sale = Sale(
        at=at,
        marketplace=scene.marketplace,
        goods=goods,
        order_id=terms.order_id or _order_id(scene, terms),
        purchase_order_id="" if is_amazon else f"1089{chance.digits(11)}",
        units=units,
        price=price,
        ship_to=ship_to,
        shipping=terms.shipping,
        gift_wrap=terms.gift_wrap,
        promotion=terms.promotion,
        tax=_tax(scene, price * units + terms.shipping + terms.gift_wrap - terms.promotion, ship_to[1]),
        commission=commission,
        commission_saved=saved,
        fulfilment_fee=_fulfilment_fee(scene, goods, at, units, terms)
        if is_amazon
        else tariff.walmart_fee(price) * units,
        line=chance.digits(14) if is_amazon else "1",
        shipment=chance.code("D", 8) if is_amazon else "",
        centre=scene.centre(),
        is_elsewhere=terms.is_elsewhere,
    )
    facts.sales.append(sale)
    ship(scene, goods, at, units, sale.centre, sale.purchase_order_id)
    return sale


def ship(scene: Scene, goods: Goods, at: datetime, units: int, centre: str, reference: str = "") -> None:
    """Ship units from the stock to a customer: Amazon writes a line for each, Walmart one for all."""
    is_amazon = scene.marketplace.channel is Channel.AMAZON
    for _ in range(units if is_amazon else 1):
        shipped = scene.move(at.date(), goods, Kind.SALE, -1 if is_amazon else -units)
        shipped.at, shipped.centre, shipped.reference = at, centre, reference


def right_commission(scene: Scene, sale: Sale) -> Decimal:
    """The correct commission for the line."""
    base = sale.principal + sale.shipping + sale.gift_wrap - sale.promotion
    rate = tariff.referral_rate(sale.goods, sale.marketplace, sale.at.date(), scene.today)
    return tariff.commission(base, rate, scene.currency)


def value_of_unit(sale: Sale) -> Decimal:
    """The seller's proceeds of a sold unit: its price less the commission and the fulfilment fee of its line."""
    net = sale.principal - sale.commission - sale.fulfilment_fee
    return rounded(net / sale.units, sale.marketplace.currency)


def _order_id(scene: Scene, terms: Terms) -> str:
    if terms.is_elsewhere:
        return f"S01-{scene.chance.digits(7)}-{scene.chance.digits(7)}"
    return scene.order_id()


def _commission(scene: Scene, goods: Goods, at: datetime, principal: Decimal, terms: Terms) -> tuple[Decimal, Decimal]:
    """The commission charged, and the discount on the rate's."""
    base = principal + terms.shipping + terms.gift_wrap - terms.promotion
    rate = terms.rate or tariff.referral_rate(goods, scene.marketplace, at.date(), scene.today)
    saved = rounded(base * terms.commission_saved, scene.currency)
    return tariff.commission(base, rate, scene.currency) - saved, saved


def _fulfilment_fee(scene: Scene, goods: Goods, at: datetime, units: int, terms: Terms) -> Decimal:
    fee = tariff.fulfilment_fee(goods, scene.marketplace, at.date(), scene.today, terms.size)
    return rounded(fee * _DEARER_ELSEWHERE, scene.currency) * units if terms.is_elsewhere else fee * units


def _tax(scene: Scene, base: Decimal, state: str) -> Decimal:
    """Sales tax, which the marketplace remits to the state; prices outside the United States include theirs."""
    is_taxed = scene.marketplace.country == "US" and state != _WITHOUT_TAX
    return rounded(base * _TAX, scene.currency) if is_taxed else rounded(Decimal(0), scene.currency)


def earlier(at: datetime, low: int, high: int, scene: Scene) -> datetime:
    """A moment some days before another, within the reports."""
    on = max(at.date() - timedelta(days=scene.chance.randint(low, high)), scene.facts.since + timedelta(days=1))
    return scene.moment(on)
