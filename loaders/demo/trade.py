"""The ordinary business around the incidents: deliveries to the warehouse, sales, and what customers send back."""

from collections import defaultdict
from datetime import timedelta

from core.vocabulary import Channel
from loaders.demo.scene import Scene
from loaders.demo.world import CustomerReturn, Facts, Goods, Kind, Movement, Sale

_PLACES = (
    ("Austin", "TX", "78701"),
    ("Portland", "OR", "97205"),
    ("Columbus", "OH", "43215"),
    ("Tampa", "FL", "33602"),
    ("Boise", "ID", "83702"),
    ("Albany", "NY", "12207"),
    ("Fresno", "CA", "93721"),
    ("Bentonville", "AR", "72712"),
)

_NAMES = (
    "Sarah Whitfield",
    "Marcus O’Brien",
    "Priya Raman",
    "Jürgen Hoffmann",
    "Anaïs Lefèvre",
    "Tom Becker",
    "Grace Okafor",
    "Ellen Ramsey",
    "Katrin Schäfer",
    "Daniel Reyes",
)

_COMMENTS = {
    "en": (
        "Too small, ordered the larger one instead. {name}",
        "Please call me about the refund: 555-01{number}, {name}",
        "Arrived after my mother’s birthday – not needed any more. Regards, {name}",
        "The zip broke on day two. You can write to {mail}",
        "Colour is “lovely” but not what the picture shows",
        "",
        "",
        "",
    ),
    "de": (
        "Gefällt meiner Frau nicht. Mit freundlichen Grüßen, {name}",
        "Bitte rufen Sie mich an: 030 555{number}, {name}",
        "Größe passt nicht, bitte Erstattung an {mail}",
        "Falsche Farbe bestellt",
        "",
        "",
        "",
    ),
}

_RETURN_REASONS = ("UNWANTED_ITEM", "DEFECTIVE", "NOT_AS_DESCRIBED", "ORDERED_WRONG_ITEM", "NO_REASON_GIVEN")


def trade(scene: Scene, goods: tuple[Goods, ...], count: int) -> None:
    """Sell `count` orders of the goods, take some back, and deliver before each quarter what it takes."""
    for _ in range(count):
        sale = _sell(scene, goods[int(len(goods) * scene.chance.random() ** 1.7)])
        if scene.chance.happens(0.07):
            _return(scene, sale)
    _deliver(scene)


def _sell(scene: Scene, goods: Goods) -> Sale:
    chance, facts = scene.chance, scene.facts
    moment = scene.moment(facts.since + timedelta(days=chance.randint(3, (scene.today - facts.since).days)))
    price = goods.prices[scene.currency]
    is_amazon = scene.marketplace.channel is Channel.AMAZON
    sale = Sale(
        at=moment,
        marketplace=scene.marketplace,
        goods=goods,
        order_id=scene.order_id(),
        purchase_order_id="" if is_amazon else f"1089{chance.digits(11)}",
        units=chance.weighted((1, 2, 3), (90, 8, 2)),
        price=price if chance.happens(0.85) else chance.amount(price, 0.85, 0.95, scene.currency),
        ship_to=chance.choice(_PLACES),
    )
    facts.sales.append(sale)
    for _ in range(sale.units if is_amazon else 1):
        shipped = scene.move(moment.date(), goods, Kind.SALE, -1 if is_amazon else -sale.units)
        shipped.at, shipped.reference = moment, "" if is_amazon else sale.purchase_order_id
    return sale


def _return(scene: Scene, sale: Sale) -> None:
    """One unit comes back. None is damaged by the carrier or by the marketplace: those would be owed for."""
    chance = scene.chance
    on = sale.at.date() + timedelta(days=chance.randint(6, 38))
    if on > scene.today:
        return
    disposition = chance.weighted(("SELLABLE", "CUSTOMER_DAMAGED", "DEFECTIVE"), (7, 2, 2))
    back = scene.move(on, sale.goods, Kind.RETURN, 1, disposition=disposition)
    if scene.marketplace.channel is Channel.AMAZON:
        back.reference = ""
    language = "de" if scene.marketplace.country == "DE" else "en"
    name = chance.choice(_NAMES)
    comment = chance.choice(_COMMENTS[language]).format(
        name=name, number=chance.randrange(10, 99), mail=f"{name.split()[0].casefold()}@example.com"
    )
    scene.facts.returns.append(
        CustomerReturn(
            at=back.at,
            sale=sale,
            centre=back.centre,
            disposition=disposition,
            reason=chance.choice(_RETURN_REASONS),
            plate=chance.code("LPN", 11),
            comment=comment,
        )
    )


def _deliver(scene: Scene) -> None:
    """Deliver before each quarter what leaves in it and a little more, so that no stock is ever below zero."""
    facts = scene.facts
    needed: dict[tuple[str, int], int] = defaultdict(int)
    goods: dict[str, Goods] = {}
    for movement in facts.movements:
        if movement.marketplace == scene.marketplace:
            goods[movement.goods.sku] = movement.goods
            if movement.units < 0:
                needed[movement.goods.sku, _quarter(facts, movement)] -= movement.units
    for (sku, quarter), units in sorted(needed.items()):
        on = facts.since + timedelta(days=quarter * 90)
        receipt = scene.move(on, goods[sku], Kind.RECEIPT, units + scene.chance.randint(2, 12))
        receipt.at = receipt.at.replace(hour=0, minute=scene.chance.randrange(60))
        receipt.reference = _shipment(scene)


def _quarter(facts: Facts, movement: Movement) -> int:
    return (movement.on - facts.since).days // 90


def _shipment(scene: Scene) -> str:
    if scene.marketplace.channel is Channel.WALMART:
        return f"{scene.chance.digits(7)}GDM"
    return scene.chance.code("FBA1", 8)
