"""The sellers' products with names, variants, prices, sourcing costs and the marketplaces' identifiers."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from core.money import rounded
from loaders.demo.model.chance import Chance
from loaders.demo.model.facts import HISTORY
from loaders.demo.model.world import Goods, Seller

RATES = {
    "USD": Decimal(1),
    "CAD": Decimal("1.36"),
    "GBP": Decimal("0.82"),
    "EUR": Decimal("0.95"),
    "JPY": Decimal(150),
}
"""The exchange rate from a dollar to each currency."""

_THEMES: dict[str, tuple[str, tuple[str, ...], tuple[tuple[str, int], ...]]] = {
    "outdoor": (
        "Sports & Outdoors",
        ("Pine Green", "Slate Grey", "Rust", "Navy", "Sand", "Black"),
        (
            ("Trailhead 28 L Hiking Backpack", 64),
            ("Insulated Steel Water Bottle 750 ml", 24),
            ("Two-Person Ultralight Tent", 149),
            ("Merino Hiking Socks, 3 Pairs", 29),
            ("Folding Camp Chair with Cup Holder", 45),
            ("Rechargeable Headlamp 400 lm", 32),
            ("Down Sleeping Bag, -5 °C", 129),
            ("Trekking Poles, Carbon, Pair", 79),
            ("Dry Bag 20 L", 22),
            ("Inflatable Sleeping Pad", 58),
            ("Camp Cookware Set, 5 Pieces", 42),
            ("Microfibre Travel Towel", 18),
            ("Waterproof Rain Poncho", 27),
            ("First Aid Kit, 120 Pieces", 34),
        ),
    ),
    "stationery": (
        "Office Products",
        ("A5 Dotted", "A5 Lined", "A4 Plain", "B6 Squared", "Gift Box", "Refill"),
        (
            ("Linen Hardcover Notebook", 17),
            ("Brass Fountain Pen, Fine Nib", 39),
            ("Letterpress Card Set, 12 Cards", 21),
            ("Weekly Desk Planner, Undated", 15),
            ("Cotton Paper Pad, 80 Sheets", 13),
            ("Leather Pencil Roll", 34),
            ("Watercolour Set, 24 Pans", 46),
            ("Washi Tape Set, 10 Rolls", 12),
            ("Oak Desk Organiser", 55),
            ("Calligraphy Starter Kit", 28),
            ("Botanical Wall Calendar", 19),
            ("Sealing Wax Kit", 23),
        ),
    ),
    "home": (
        "Home",
        ("Ivory", "Charcoal", "Sage", "Terracotta", "Mustard", "Dusty Blue"),
        (
            ("Linen Cushion Cover 45 × 45 cm, Set of 2", 26),
            ("Waffle Cotton Throw Blanket", 48),
            ("Ceramic Table Lamp", 72),
            ("Bamboo Laundry Basket with Lid", 44),
            ("Scented Soy Candle, 220 g", 19),
            ("Blackout Curtains, Pair", 52),
            ("Jute Runner Rug 60 × 200 cm", 61),
            ("Floating Wall Shelf, Set of 3", 38),
            ("Egyptian Cotton Bath Towel Set", 57),
            ("Glass Storage Jars, Set of 6", 33),
            ("Velvet Hangers, 50 Pack", 25),
            ("Memory Foam Bath Mat", 22),
        ),
    ),
    "kitchen": (
        "Home & Kitchen",
        ("Black", "Red", "Stainless", "Walnut", "White", "Copper"),
        (
            ("Cast Iron Skillet, 10 Inch", 39),
            ("Gooseneck Pour-Over Kettle", 54),
            ("Chef's Knife, 8 Inch, Damascus", 89),
            ("Silicone Baking Mats, Set of 4", 18),
            ("Manual Burr Coffee Grinder", 36),
            ("Acacia Cutting Board with Groove", 31),
            ("Digital Kitchen Scale, 11 lb", 21),
            ("French Press, 34 oz", 29),
            ("Enamel Dutch Oven, 6 qt", 96),
            ("Spice Rack with 20 Jars", 47),
            ("Airtight Container Set, 24 Pieces", 43),
            ("Stand Mixer Cover, Quilted", 24),
        ),
    ),
    "kitchen_german": (
        "Küche & Haushalt",
        ("Schwarz", "Rot", "Edelstahl", "Nussbaum", "Weiß", "Kupfer"),
        (
            ("Gusseiserne Bratpfanne, 28 cm", 49),
            ("Kochmesser aus Damaststahl, 20 cm", 94),
            ("Brotbackform mit Deckel", 37),
            ("Schneidebrett aus Akazienholz", 33),
            ("Kaffeemühle mit Kegelmahlwerk", 42),
            ("Gewürzmühlen-Set, 2 Stück", 27),
            ("Emaille-Bräter, 5 Liter", 89),
            ("Käsereibe mit Behälter", 19),
            ("Rührschüssel-Set, 3-teilig", 29),
            ("Küchenwaage mit Tara-Funktion", 24),
            ("Nudelmaschine, verstellbar", 59),
            ("Geschirrtücher aus Leinen, 4 Stück", 22),
        ),
    ),
    "japanese": (
        "ホーム＆キッチン",
        ("ひのき", "墨色", "藍色", "生成り", "桜色", "抹茶色"),
        (
            ("南部鉄器の急須 0.6 L", 58),
            ("檜のまな板", 34),
            ("今治タオル バスタオル 2枚組", 42),
            ("有田焼の茶碗 5個セット", 49),
            ("三徳包丁 165 mm", 96),
            ("土鍋 8号", 44),
            ("竹の箸 10膳", 16),
            ("曲げわっぱ弁当箱", 39),
            ("い草のランチョンマット 4枚", 21),
            ("漆塗りの汁椀", 27),
            ("リネンのエプロン", 31),
            ("お香と香立てのセット", 24),
        ),
    ),
    "pet": (
        "Pets",
        ("Small", "Medium", "Large", "Grey", "Blue", "Twin Pack"),
        (
            ("Orthopaedic Dog Bed, Washable", 59),
            ("Slow Feeder Bowl", 18),
            ("No-Pull Dog Harness", 28),
            ("Cat Tree with Sisal Posts", 84),
            ("Retractable Leash, 16 ft", 23),
            ("Cat Water Fountain, 2.5 L", 37),
            ("Grooming Brush, Self-Cleaning", 17),
            ("Travel Carrier, Airline Approved", 46),
            ("Interactive Treat Puzzle", 21),
            ("Bamboo Cat Litter Mat", 26),
            ("Reflective Dog Rain Coat", 33),
            ("Ceramic Food Bowl Set", 30),
        ),
    ),
}


def catalogue(seller: Seller, size: int, today: date, chance: Chance) -> tuple[Goods, ...]:
    """`size` products of a seller, each with its own SKU, FNSKU, ASIN and GTIN."""
    department, variants, products = _THEMES[seller.theme]
    names = (
        (number, f"{seller.name} {product}, {variant}" + (f", Pack of {pack}" if pack > 1 else ""), price * pack)
        for pack in count(1)
        for variant in variants
        for number, (product, price) in enumerate(products, start=1)
    )
    currencies = sorted({marketplace.currency for marketplace in seller.marketplaces})
    return tuple(
        _goods(seller, department, index, next(names), currencies, today, chance) for index in range(1, size + 1)
    )


def _goods(
    seller: Seller,
    department: str,
    index: int,
    named: tuple[int, str, int],
    currencies: list[str],
    today: date,
    chance: Chance,
) -> Goods:
    number, title, price = named
    margin = chance.uniform(0.22, 0.40)
    bought_since = today - HISTORY - timedelta(days=90)
    dearer_since = today - timedelta(days=chance.randint(100, 300)) if chance.happens(0.2) else None
    prices = {code: _price(price, code) for code in currencies}
    costs: dict[str, tuple[tuple[date, Decimal], ...]] = {}
    for code in currencies:
        cost = rounded(prices[code] * Decimal(round(margin * 1000)) / 1000, code)
        dearer = ((dearer_since, rounded(cost * Decimal("1.08"), code)),) if dearer_since else ()
        costs[code] = ((bought_since, cost), *dearer)
    return Goods(
        sku=f"{seller.code[:2]}-{number:02d}-{index:04d}",
        title=title,
        fnsku=chance.code("X00", 7),
        asin=chance.code("B0", 8),
        gtin=_gtin(chance),
        department=department,
        prices=prices,
        costs=costs,
        cost_is_known=chance.happens(0.7),
    )


def _price(dollars: int, currency: str) -> Decimal:
    """A typical shop price: 23.99, or 3,480 yen."""
    price = rounded(dollars * RATES[currency], "JPY")
    return price // 100 * 100 - 20 if currency == "JPY" else price - Decimal("0.01")


def _gtin(chance: Chance) -> str:
    """A 12-digit article number with its check digit (GS1), written as the 14 digits of a GTIN."""
    body = "0" + chance.digits(10)
    odd, even = (sum(int(digit) for digit in body[start::2]) for start in (0, 1))
    return f"00{body}{-(3 * odd + even) % 10}"
