"""Builds the demo world one seller after the other, so that memory holds one seller at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from core.vocabulary import Channel, Marketplace
from loaders.demo.model.catalogue import catalogue
from loaders.demo.model.chance import Chance
from loaders.demo.model.facts import HISTORY, Facts
from loaders.demo.model.return_gap import doubt_returns_in_gap
from loaders.demo.model.scene import Scene
from loaders.demo.model.sellers import sellers
from loaders.demo.model.trade import trade
from loaders.demo.model.users import write_users
from loaders.demo.model.world import Goods, Seller
from loaders.demo.stories.amazon_paths import PATH_STORIES, tell_paths
from loaders.demo.stories.orders.after_sale import UNSEEN_WEEKS
from loaders.demo.stories.orders.cash import pay_out, write_cash_truth
from loaders.demo.stories.orders.simulate import SENT_BACK, simulate_amazon_orders, simulate_walmart_orders
from loaders.demo.stories.removals import stories as removal_stories
from loaders.demo.stories.removals.disposals import destroy
from loaders.demo.stories.shipments import stories as shipment_stories
from loaders.demo.stories.shipments.ordinary import stock_up
from loaders.demo.stories.warehouse_lines import make_noise
from loaders.demo.stories.warehouses import CENTRES, Shelf, lose_somewhere, pay_unexplained, pay_without_count, play
from loaders.demo.truth import write_truth
from loaders.demo.writers.customer_returns import write_customer_returns
from loaders.demo.writers.fee_previews import write_fee_previews, write_referral_fee_previews
from loaders.demo.writers.files import write_json
from loaders.demo.writers.inbound_shipments import write_inbound_shipments
from loaders.demo.writers.inventory_log import write_inventory_log
from loaders.demo.writers.ledger_detail import write_ledger_detail
from loaders.demo.writers.orders import write_customer_shipments, write_orders, write_replacements
from loaders.demo.writers.own_files import write_cases, write_shipment_deliveries, write_sourcing_costs
from loaders.demo.writers.recon import write_recon
from loaders.demo.writers.reimbursements import write_reimbursements
from loaders.demo.writers.removals import write_removals
from loaders.demo.writers.settlement import write_settlement
from loaders.demo.writers.walmart_returns import write_walmart_returns

Products = tuple[Goods, ...]


@dataclass(frozen=True)
class Shelves:
    """A seller's goods by kind of story, so that no story interferes with another.

    `busy` goods are lost and damaged in warehouses, and sold; `stocked` ones are lost on their way there and back;
    `paired` ones, each for one marketplace only, are judged with another fact; for `sent_back` ones Amazon gives goods
    instead of money; for `quiet` ones there are only payments that no event explains.
    """

    busy: Products
    stocked: Products
    paired: Iterator[Goods]
    sent_back: Products
    quiet: Products


REPORTS: tuple[Callable[[Facts, Path], None], ...] = (
    write_ledger_detail,
    write_reimbursements,
    write_settlement,
    write_orders,
    write_customer_shipments,
    write_customer_returns,
    write_replacements,
    write_fee_previews,
    write_referral_fee_previews,
    write_recon,
    write_walmart_returns,
    write_inventory_log,
    write_inbound_shipments,
    write_removals,
    write_shipment_deliveries,
    write_cases,
    write_sourcing_costs,
)
"""Every report that the demo world writes."""


@dataclass(frozen=True)
class World:
    """The written world: its folder, accounts, date, and the number of truth rows."""

    out: Path
    sellers: tuple[Seller, ...]
    today: date
    truths: int


def write_world(out: Path, *, accounts: int, items: int, seed: int, today: date) -> World:
    """Simulate `accounts` sellers with about `items` incidents each, and write their reports, up to `today`, to `out`.

    An account has more or fewer incidents by its size, and at least one of each kind in each of its marketplaces: about
    35 at Amazon, 10 at Walmart. The same arguments give the same bytes, and a seller is the same whatever the number of
    accounts. Existing files in `out` are overwritten, never removed.

    The truth is in `<out>/truth/CODE.csv`, a row for each incident; `<out>/truth/cash/CODE.csv` lists approvals without
    payment and payments without a reimbursement.
    """
    who = sellers(accounts, seed)
    truths = 0
    for seller in who:
        facts = simulate(seller, items=items, seed=seed, today=today)
        for write in REPORTS:
            write(facts, out / seller.code)
        truths += write_truth(facts, out / "truth" / f"{seller.code}.csv")
        write_cash_truth(facts, out / "truth" / "cash" / f"{seller.code}.csv")
    named = [
        {
            "code": seller.code,
            "name": seller.name,
            "marketplaces": [m.code for m in seller.marketplaces],
            "covers": f"{today - HISTORY}..{today}",
            "covers_otherwise": _covers_otherwise(seller, today),
        }
        for seller in who
    ]
    write_json(out / "accounts.json", named)
    write_users(out / "users.json", [seller.code for seller in who])
    return World(out, who, today, truths)


def _covers_otherwise(seller: Seller, today: date) -> list[tuple[str, str, str]]:
    """Reports with other coverage than the seller's default: format, region (empty: any), and days, or nothing."""
    first, missing = today - HISTORY, seller.misses_returns
    days = f"{first}..{today - UNSEEN_WEEKS - timedelta(days=1)}" if missing == "the last weeks" else ""
    found = [("amazon_customer_returns", "EU" if missing == "Europe" else "", days)] if missing else []
    return found if seller.tracks_removals else [*found, ("shipment_deliveries", "", "")]


def simulate(seller: Seller, *, items: int, seed: int, today: date) -> Facts:
    """Simulate one seller: about `items` incidents, more or fewer by its size."""
    chance = Chance(f"{seed}/{seller.code}")
    incidents = max(1, round(items * seller.size))
    share = max(1, incidents // len(seller.marketplaces))
    busy, paired = max(54, share // 2), len(PATH_STORIES) * len(seller.marketplaces)
    counts = (busy, 90 + share // 8, paired, SENT_BACK, max(6, busy // 10))
    goods = catalogue(seller, sum(counts), today, chance)
    left = iter(goods)
    first, stocked, own, sent_back, quiet = (tuple(islice(left, count)) for count in counts)
    shelves = Shelves(first, stocked, iter(own), sent_back, quiet)
    facts = Facts(seller, today, goods)
    for marketplace in seller.marketplaces:
        _play(facts, marketplace, chance, share, shelves)
    doubt_returns_in_gap(facts)
    pay_out(facts, chance)
    return facts


def _play(facts: Facts, marketplace: Marketplace, chance: Chance, count: int, goods: Shelves) -> None:
    """Simulate one marketplace."""
    stocked = iter(chance.sample(goods.stocked, len(goods.stocked)))
    scene = Scene(facts, marketplace, chance, CENTRES[marketplace.code])
    play(scene, [Shelf(product, facts.since) for product in goods.busy], count)
    shipment_stories.lose_and_damage(scene, stocked, count // 20)
    if marketplace.channel is Channel.WALMART:
        simulate_walmart_orders(scene, goods.busy, count // 5)
        pay_without_count(scene, stocked)
        pay_unexplained(scene, goods.quiet, 3 + count // 20)
    else:
        lose_somewhere(scene, stocked)
        make_noise(scene, goods.busy, 4 + count // 10)
        removal_stories.lose_and_damage(scene, stocked, count // 40)
        destroy(scene, stocked, count // 40)
        tell_paths(scene, goods.paired, min(1.0, facts.seller.size / 3))
        simulate_amazon_orders(scene, goods.busy, goods.sent_back, count // 4)
        pay_unexplained(scene, goods.quiet, 5 + count // 12)
    trade(scene, goods.busy, 30 + count * 2)
    stock_up(scene)
