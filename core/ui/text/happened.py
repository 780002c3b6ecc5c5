"""What happened to an item, by category: one sentence, and one word for its units."""

from core.vocabulary import CATEGORIES

WORDS: dict[str, tuple[str, str]] = {
    "inventory_lost": ("lost", "{was} reported lost in the warehouse{on}"),
    "inventory_damaged": ("damaged", "{was} damaged in the warehouse{on}"),
    "inventory_destroyed": ("destroyed", "{was} disposed of{on} without a removal order"),
    "return_lost": ("not returned", "{was} refunded to the customer{on} and never came back"),
    "replacement_lost": ("not returned", "{was} replaced for the customer{on}; the original never came back"),
    "return_carrier_damaged": ("damaged", "came back{on}, damaged by the carrier or by the marketplace"),
    "refunded_more": ("refunded", "{was} refunded{on} with more than had been charged"),
    "return_delayed": ("returned late", "came back{on}, later than a customer may return"),
    "shipment_lost": ("short", "{was} shipped to the marketplace{on} and not received"),
    "shipment_damaged": ("damaged", "{was} received damaged{on}"),
    "referral_fee_overcharge": ("overcharged", "{was} charged a commission above the rate of that day{on}"),
    "fulfilment_fee_overcharge": ("overcharged", "{was} charged a fulfilment fee above the expected one{on}"),
    "removal_lost": ("lost", "left the warehouse on a removal{on} and never arrived"),
    "removal_damaged": ("damaged", "arrived damaged from a removal{on}"),
    "other": ("paid", "{was} paid{on} for a reason that no category has"),
}
"""By category: the word for its units in a sum, and the predicate of its sentence."""


def in_a_word(category: str) -> str:
    """The word for what happened to the units, as in `10 lost`."""
    return WORDS[category][0] if category in WORDS else "affected"


def predicate(category: str, units: int, on: str = "") -> str:
    """The predicate of the sentence: `were reported lost in the warehouse on Sep 1, 2026`. `on` is the date part."""
    told = WORDS[category][1] if category in WORDS else f"{{was}} affected{{on}}: {CATEGORIES[category].label}"
    return told.format(was="was" if units == 1 else "were", on=on)
