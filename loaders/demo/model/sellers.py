"""The demo's sellers: ten fixed ones, then as many generated ones as requested."""

from dataclasses import replace
from typing import Literal

from core.vocabulary import marketplace
from loaders.demo.model.chance import Chance
from loaders.demo.model.world import Seller

_US, _CA, _UK, _DE, _JP, _WALMART = (
    marketplace(code) for code in ("AMAZON_US", "AMAZON_CA", "AMAZON_UK", "AMAZON_DE", "AMAZON_JP", "WALMART_US")
)

FIRST_SELLERS = (
    Seller(
        "NORTHWIND",
        "Northwind Outfitters",
        "outdoor",
        (_US, _UK, _DE, _WALMART),
        2.4,
        overlaps=True,
        tracks_removals=True,
    ),
    Seller(
        "ALDERFINCH",
        "Alder & Finch",
        "stationery",
        (_UK, _DE),
        0.9,
        ledger="quoted",
        shows_reconciled=False,
        files_per="quarter",
        returns_encoding="cp1252",
    ),
    Seller("KESTREL", "Kestrel Home", "home", (_US, _WALMART), 1.6, tracks_removals=True),
    Seller(
        "BERGMANN",
        "Bergmann Küche",
        "kitchen_german",
        (_DE,),
        0.7,
        ledger="unspaced",
        files_per="quarter",
        reimbursements="decimal comma",
        tracks_removals=True,
    ),
    Seller(
        "HARBOURPINE",
        "Harbour & Pine",
        "home",
        (_UK,),
        0.4,
        shows_reconciled=False,
        misses_returns="the last weeks",
        tracks_removals=True,
    ),
    Seller("TIDEWATER", "Tidewater Supply Co.", "kitchen", (_US, _WALMART), 1.1, ledger="quoted", overlaps=True),
    Seller(
        "MOSSGROVE",
        "Mossgrove Pet",
        "pet",
        (_US, _CA),
        0.6,
        shows_reconciled=False,
        files_per="quarter",
        misses_returns="two months",
    ),
    Seller(
        "HINOKI",
        "Hinoki Living",
        "japanese",
        (_JP,),
        0.4,
        files_per="quarter",
        returns_encoding="cp932",
        encoding="cp932",
    ),
    Seller("LINDQVIST", "Studio Lindqvist", "stationery", (_DE, _UK), 0.3, tracks_removals=True),
    Seller("SALTMARSH", "Saltmarsh Outdoor", "outdoor", (_US, _DE), 0.3, misses_returns="Europe", tracks_removals=True),
)

_FIRST_WORDS = (
    "Amber Ash Birch Bluebell Brook Cedar Clover Copper Coral Cove Dune Elm Ember Fern Fjord Flint Glen Granite "
    "Harvest Hazel Heron Iron Juniper Lark Linden Maple Marlow Meadow Oak Orchard Otter Pebble Quill Raven Ridge "
    "Rowan Sable Sage Silver Sparrow Stone Summit Thistle Timber Willow Wren"
)
_SECOND_WORDS = "Bay Bridge Collective Crafts Creek Field Goods Hill House Lane Mill Supply Trading Works Yard"
_THEMES = ("outdoor", "stationery", "home", "kitchen", "pet")
_MARKETS = (
    (_US,),
    (_US, _WALMART),
    (_UK, _DE),
    (_UK,),
    (_DE,),
    (_US, _UK, _DE),
    (_US, _CA),
    (_JP,),
)
_LEDGERS: tuple[Literal["tab", "quoted", "unspaced"], ...] = ("tab", "quoted", "unspaced")


def sellers(count: int, seed: int) -> tuple[Seller, ...]:
    """The first `count` sellers. A seller is the same for every count; the generated ones' sizes have a long tail."""
    chance = Chance(f"{seed}/sellers")
    taken = {seller.code for seller in FIRST_SELLERS}
    found = list(FIRST_SELLERS[:count])
    while len(found) < count:
        seller = _another(chance)
        if seller.code in taken:
            seller = replace(seller, code=f"{seller.code}{len(found) + 1}", name=f"{seller.name} {len(found) + 1}")
        taken.add(seller.code)
        found.append(seller)
    return tuple(found)


def _another(chance: Chance) -> Seller:
    first, second = chance.choice(_FIRST_WORDS.split()), chance.choice(_SECOND_WORDS.split())
    theme, marketplaces = chance.choice(_THEMES), chance.weighted(_MARKETS, (27, 23, 14, 11, 11, 6, 5, 3))
    is_japanese = _JP in marketplaces
    return Seller(
        code=f"{first}{second}".upper(),
        name=f"{first} {second}",
        theme="japanese" if is_japanese else theme,
        marketplaces=marketplaces,
        size=min(6.0, max(0.1, chance.lognormvariate(-0.32, 0.8))),
        ledger=chance.weighted(_LEDGERS, (6, 3, 1)),
        shows_reconciled=chance.happens(0.6),
        overlaps=chance.happens(0.2),
        files_per=chance.choice(("month", "quarter")),
        returns_encoding="cp932" if is_japanese else "utf-8",
        encoding="cp932" if is_japanese else "utf-8",
        misses_returns=chance.weighted(("", "two months", "the last weeks"), (94, 3, 3)),
        tracks_removals=chance.happens(0.8),
    )
