"""The Amazon and Walmart pages, which differ only in their channel."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.ui import components
from core.ui.cache import figures, lists
from core.ui.components.deadlines import ANY, WITHIN, labels_of
from core.ui.components.stage_tiles import LISTS
from core.ui.items import rows
from core.ui.items.holdings import HOLDINGS, can_expire
from core.ui.lists.rows import order_choice
from core.ui.shell import coded
from core.ui.shell.looks import FIELDS
from core.ui.shell.view import View
from core.ui.text.words import category, marketplace
from core.vocabulary import MARKETPLACES, STAGES, Channel


@dataclass(frozen=True)
class Choices:
    """The filters above the tiles: a marketplace (None: all), its label (`place`) and a deadline."""

    marketplace: str | None
    place: str
    expires: str


def show(view: View, channel: Channel) -> None:
    """Show a channel's page: filters, a tile per stage, categories, items."""
    present = _marketplaces(view, channel)
    if not present:
        components.nothing(
            f"No {channel.label} marketplace is connected.", "Other accounts are in the picker on the left."
        )
        return
    chosen = _choices(channel, present)
    found = figures.stage_tiles(view.scope, view.as_of, channel.value, chosen.marketplace, chosen.expires)
    if found is None:
        components.nothing("Nothing was detected here yet.", "The reports are in, and nothing in them may be owed.")
        return
    holding = components.tile_tabs(found.tiles, key=f"{channel.value}_stage")
    currency = found.currencies[0] if len(found.currencies) == 1 else None
    _lists(view, channel, chosen, holding, currency, many=len(present) > 1)


def _marketplaces(view: View, channel: Channel) -> list[str]:
    """The channel's marketplaces that are connected or have detected items, such as the unassigned one."""
    connected = {code for code in view.marketplaces if MARKETPLACES[code].channel is channel}
    seen = figures.places(view.scope, view.as_of, channel.value)
    return [code for code in MARKETPLACES if code in connected | seen]


def _choices(channel: Channel, present: Sequence[str]) -> Choices:
    name = channel.value
    places = {code: marketplace(code) for code in present}
    if len(places) > 1:
        places = {"": f"All {channel.label} marketplaces"} | places
    row: Any = {"horizontal": True, "vertical_alignment": "bottom", "horizontal_alignment": "distribute"}
    with st.container(**row, key=FIELDS):
        place = components.one_of("Marketplace", places, key=f"{name}_marketplace", width=250)
        expires = coded.segments(
            "Expires in",
            labels_of(*WITHIN),
            default=ANY,
            key=f"{name}_expires_in",
            wrap=True,
            help="Counted from each marketplace's own today. It narrows Ready, Future and Review, whose deadline runs.",
        )
        components.how_to_claim(place, key=f"{name}_how_to_claim")
    return Choices(place or None, places[place], expires)


def _lists(view: View, channel: Channel, chosen: Choices, holding: str, currency: str | None, *, many: bool) -> None:
    """Show the categories beside the list of items."""
    key, stages = channel.value, HOLDINGS[holding]
    # stages without deadlines ignore the deadline filter
    expires = chosen.expires if can_expire(stages) else ANY
    wanted = ItemFilter(key, stages, chosen.marketplace, within=WITHIN[expires].within)
    left, right = st.columns([5, 11])
    with left:
        with st.container(key=f"{FIELDS}_category"):
            picked = components.category_choice(channel, key=f"{key}_category")
        found = lists.categories(view.scope, view.as_of, wanted, currency)
        if found is not None:
            total = STAGES[stages[0]].total
            components.category_bars(found, total, selected=picked, field=f"{key}_category")
    with right:
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"{FIELDS}_list"):
            search = rows.search_field(key=key)
            order = order_choice("items", key=key, by_columns=not view.has_many_accounts)
        title = rows.title_of(LISTS[holding], WITHIN[expires].when, category(picked) if picked else "", chosen.place)
        wanted = replace(wanted, category=picked, search=search)
        about = {
            "Marketplace": chosen.place,
            "Stage": LISTS[holding],
            "Expires in": WITHIN[expires].label,
            "Category": category(picked) if picked else "All",
        }
        rows.show(view, wanted, order, title, about, key=key, many=many)
