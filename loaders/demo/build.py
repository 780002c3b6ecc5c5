"""Builds the demo world: one seller after the other, so that its size in memory is that of one seller."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.vocabulary import Channel, Marketplace
from loaders.demo.catalogue import catalogue
from loaders.demo.chance import Chance
from loaders.demo.scene import Scene
from loaders.demo.sellers import sellers
from loaders.demo.simulate_amazon import CENTRES as AMAZON_CENTRES
from loaders.demo.simulate_amazon import pay_unexplained, simulate_amazon
from loaders.demo.simulate_walmart import CENTRES as WALMART_CENTRES
from loaders.demo.simulate_walmart import pay_disputes, simulate_walmart
from loaders.demo.story import Shelf
from loaders.demo.trade import trade
from loaders.demo.truth import write_truth
from loaders.demo.users import write_users
from loaders.demo.world import Facts, Goods, Seller
from loaders.demo.write_customer_returns import write_customer_returns
from loaders.demo.write_inventory_log import write_inventory_log
from loaders.demo.write_ledger_detail import write_ledger_detail
from loaders.demo.write_own_files import write_cases, write_sourcing_costs
from loaders.demo.write_recon import write_recon
from loaders.demo.write_reimbursements import write_reimbursements
from loaders.demo.writing import write_json

Products = tuple[Goods, ...]

REPORTS: tuple[Callable[[Facts, Path], None], ...] = (
    write_ledger_detail,
    write_reimbursements,
    write_customer_returns,
    write_recon,
    write_inventory_log,
    write_cases,
    write_sourcing_costs,
)
"""Every report that the demo world writes."""


@dataclass(frozen=True)
class World:
    """What was written: where, for whom, as of when, and how many rows of truth."""

    out: Path
    sellers: tuple[Seller, ...]
    today: date
    truths: int


def write_world(out: Path, *, accounts: int, items: int, seed: int, today: date) -> World:
    """Simulate `accounts` sellers with about `items` incidents each, and write their reports, up to `today`, to `out`.

    An account has more or fewer incidents by its size, and at least one of each kind in each of its marketplaces: about
    35 at Amazon, 10 at Walmart. The same arguments give the same bytes, and a seller is the same whatever the number of
    accounts. Files that lie in `out` already are overwritten, never removed.
    """
    who = sellers(accounts, seed)
    truths = 0
    for seller in who:
        facts = simulate(seller, items=items, seed=seed, today=today)
        for write in REPORTS:
            write(facts, out / seller.code)
        truths += write_truth(facts, out / "truth" / f"{seller.code}.csv")
    named = [
        {"code": seller.code, "name": seller.name, "marketplaces": [m.code for m in seller.marketplaces]}
        for seller in who
    ]
    write_json(out / "accounts.json", named)
    write_users(out / "users.json", [seller.code for seller in who])
    return World(out, who, today, truths)


def simulate(seller: Seller, *, items: int, seed: int, today: date) -> Facts:
    """All that happened to one seller: about `items` incidents, more or fewer by its size."""
    chance = Chance(f"{seed}/{seller.code}")
    incidents = max(1, round(items * seller.size))
    share = max(1, incidents // len(seller.marketplaces))
    goods = catalogue(seller, max(60, share // 2), today, chance)
    quiet = max(4, len(goods) // 10)
    facts = Facts(seller, today, goods)
    for marketplace in seller.marketplaces:
        _play(facts, marketplace, chance, share, goods[:-quiet], goods[-quiet:])
    return facts


def _play(facts: Facts, marketplace: Marketplace, chance: Chance, count: int, busy: Products, quiet: Products) -> None:
    """All of one marketplace. Payments without an event are for goods of their own, so that they settle nothing."""
    shelves = [Shelf(goods, facts.since) for goods in busy]
    if marketplace.channel is Channel.WALMART:
        scene = Scene(facts, marketplace, chance, WALMART_CENTRES)
        simulate_walmart(scene, shelves, count)
        pay_disputes(scene, quiet, 3 + count // 20)
    else:
        scene = Scene(facts, marketplace, chance, AMAZON_CENTRES[marketplace.code])
        simulate_amazon(scene, shelves, count)
        pay_unexplained(scene, quiet, 5 + count // 12)
    trade(scene, busy, 40 + count * 5)
