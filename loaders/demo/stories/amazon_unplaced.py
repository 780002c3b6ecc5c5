"""Losses without a country in the ledger: nobody knows where they are owed, so open ones are in doubt.

A payment or a case of any of the seller's marketplaces could be meant for them. So each has goods of its own, and only
losses of sellers with one marketplace are paid.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from core.vocabulary import Channel
from loaders.demo.model.scene import Scene
from loaders.demo.model.world import Fate, Goods, Incident, Kind, Part
from loaders.demo.stories.amazon_payments import LOST, settle, value


def lose_somewhere(scene: Scene, goods: Iterator[Goods]) -> None:
    """Lose units in no country: one stays open, one is expired, one is paid where the payer is unambiguous."""
    _lose(scene, goods, 9, 50)
    _lose(scene, goods, 70, 400)
    places = [place for place in scene.facts.seller.marketplaces if place.channel is Channel.AMAZON]
    if len(places) == 1 and (incident := _lose(scene, goods, 12, 400)):
        incident.parts.clear()
        settle(scene, incident, scene.later(incident.line.on, 2, 6), incident.units, value(scene, incident))


def _lose(scene: Scene, goods: Iterator[Goods], youngest: int, oldest: int) -> Incident | None:
    product = next(goods, None)
    if product is None:
        return None
    on: date = scene.today - timedelta(days=scene.chance.randint(youngest, oldest))
    line = scene.move(on, product, Kind.LOST, -scene.chance.randint(1, 3), "M")
    line.names_country = False
    incident = Incident(line, LOST, "lost somewhere", "no country", is_doubtful=True)
    incident.parts.append(Part(incident.units, Fate.OPEN))
    scene.facts.incidents.append(incident)
    return incident
