"""The demo's sellers: ten fixed ones, then as many generated ones as requested."""

import tomllib
from dataclasses import replace
from pathlib import Path

from core.vocabulary import Marketplace, marketplace
from loaders.demo.model.chance import Chance
from loaders.demo.model.world import Seller

_TABLES = tomllib.loads(Path(__file__).with_name("sellers.toml").read_text(encoding="utf-8"))


def _places(codes: list[str]) -> tuple[Marketplace, ...]:
    return tuple(marketplace(code) for code in codes)


FIRST_SELLERS = tuple(Seller(**row | {"marketplaces": _places(row["marketplaces"])}) for row in _TABLES["seller"])

_OTHERS = _TABLES["others"]


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
    first, second = chance.choice(_OTHERS["first_words"].split()), chance.choice(_OTHERS["second_words"].split())
    theme = chance.choice(_OTHERS["themes"])
    places = _places(chance.weighted(_OTHERS["marketplaces"], _OTHERS["weights"]))
    is_japanese = places[0].code == "AMAZON_JP"
    return Seller(
        code=f"{first}{second}".upper(),
        name=f"{first} {second}",
        theme="japanese" if is_japanese else theme,
        marketplaces=places,
        size=min(6.0, max(0.1, chance.lognormvariate(-0.32, 0.8))),
        ledger=chance.weighted(("tab", "quoted", "unspaced"), (6, 3, 1)),
        shows_reconciled=chance.happens(0.6),
        overlaps=chance.happens(0.2),
        files_per=chance.choice(("month", "quarter")),
        returns_encoding="cp932" if is_japanese else "utf-8",
        encoding="cp932" if is_japanese else "utf-8",
        misses_returns=chance.weighted(("", "two months", "the last weeks"), (94, 3, 3)),
        tracks_removals=chance.happens(0.8),
    )
