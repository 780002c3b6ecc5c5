"""The truth about a gap in the returns reports: a unit that may have come back in the gap can not be told from a lost
one.
"""

from collections import Counter
from dataclasses import replace

from core.vocabulary import Channel
from loaders.demo.model.facts import Facts
from loaders.demo.model.windows import window_of
from loaders.demo.model.world import Fate, Part
from loaders.demo.stories.orders.after_sale import gap_in_returns, is_in_gap
from loaders.demo.stories.orders.claims import owed_for

_NEVER_BACK = ("return_lost", "replacement_lost")


def doubt_returns_in_gap(facts: Facts) -> None:
    """Doubt units that could have come back in the gap, between their refund or replacement and the opening of their
    claim window, and add the units that did.
    """
    for owed in facts.owed:
        hole = gap_in_returns(facts, owed.marketplace.api_region)
        if hole and owed.category in _NEVER_BACK and owed.marketplace.channel is Channel.AMAZON and owed.units:
            opens_on = window_of(owed.category, owed.marketplace).first_day(owed.happened_on)
            owed.is_doubtful = owed.is_doubtful or (owed.happened_on <= hole[1] and opens_on >= hole[0])
    unseen = Counter(
        (r.sale.order_id, r.sale.goods.sku)
        for r in facts.returns
        if r.sale.marketplace.channel is Channel.AMAZON and is_in_gap(facts, r.sale.marketplace.api_region, r.at.date())
    )
    _come_back(facts, unseen)


def _come_back(facts: Facts, unseen: Counter[tuple[str, str]]) -> None:
    refunded = {(refund.sale.order_id, refund.sale.goods.sku): refund for refund in facts.refunds}
    for key, units in unseen.items():
        refund = refunded[key]
        on = refund.at.date()
        owed = owed_for(refund.sale, "return_lost", on, on, units)
        parts = [Part(units, Fate.OPEN)]
        decoy = "came back in a hole of the returns reports"
        facts.owed.append(replace(owed, decoy=decoy, is_doubtful=True, parts=parts))
