"""Simulates the incidents of a marketplace's orders, besides the ordinary business."""

from collections.abc import Sequence

from loaders.demo.model import tariff
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Goods
from loaders.demo.stories.orders.amazon_doubts import DOUBT_PLOTS, DOUBT_TRAPS
from loaders.demo.stories.orders.amazon_endings import GIVEN_BACK_PLOTS, IN_KIND_PLOTS, REVERSAL_PLOTS
from loaders.demo.stories.orders.amazon_returns import RETURN_PLOTS, RETURN_TRAPS
from loaders.demo.stories.orders.claims import play_plots, set_traps
from loaders.demo.stories.orders.fees import FULFILMENT_PLOTS, FULFILMENT_TRAPS, REFERRAL_PLOTS, REFERRAL_TRAPS
from loaders.demo.stories.orders.walmart_plots import WALMART_DOUBT_PLOTS, WALMART_PLOTS, WALMART_TRAPS

_WITHOUT_EXPECTED_FEE = ("AMAZON_CA", "AMAZON_JP")
"""Marketplaces without an expected fulfilment fee in any report: Canada's preview has older fees only, Japan
has none.
"""

SENT_BACK = 6
"""Products that `simulate_amazon_orders` needs without other stories."""


def simulate_amazon_orders(scene: Scene, goods: Sequence[Goods], own: Sequence[Goods], count: int) -> None:
    """Simulate returns and fees at Amazon: about `count`, with each kind at least once for a seller of some size."""
    share, size = _share(scene), scene.facts.seller.size
    play_plots(scene, RETURN_PLOTS, goods, share, count)
    play_plots(scene, REVERSAL_PLOTS, goods, share, count // 10)
    play_plots(scene, IN_KIND_PLOTS, own, share, round(size))
    if scene.facts.seller.reimbursements == "full":
        play_plots(scene, GIVEN_BACK_PLOTS, own, share, round(size))
    play_plots(scene, DOUBT_PLOTS, goods, share / 2, 0)
    set_traps(scene, (*RETURN_TRAPS, *DOUBT_TRAPS), goods, share)
    play_plots(scene, REFERRAL_PLOTS, goods, share, count // 6)
    set_traps(scene, REFERRAL_TRAPS, goods, share)
    if scene.marketplace.code not in _WITHOUT_EXPECTED_FEE:
        sized = [product for product in goods if tariff.size_of(product) + 1 < len(tariff.SIZES)]
        play_plots(scene, FULFILMENT_PLOTS, sized, share, count // 6)
        set_traps(scene, FULFILMENT_TRAPS, goods, share)


def simulate_walmart_orders(scene: Scene, goods: Sequence[Goods], count: int) -> None:
    """Simulate returns and commissions at Walmart: about `count`, with each kind at least once."""
    share = _share(scene)
    play_plots(scene, WALMART_PLOTS, goods, share, count)
    play_plots(scene, WALMART_DOUBT_PLOTS, goods, share, 0)
    set_traps(scene, WALMART_TRAPS, goods, share)


def _share(scene: Scene) -> float:
    """The share of all kinds that a small seller has in each of its marketplaces; one of twice that size has all."""
    return min(1.0, scene.facts.seller.size / 2)
