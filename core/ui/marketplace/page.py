"""The Amazon and Walmart pages, the seeds' marketplace subsections: they differ by their channel alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.ui import components
from core.ui.cache import figures, lists
from core.ui.components.deadlines import ANY, NEAR, WITHIN, Span, labels_of
from core.ui.items import rows
from core.ui.items.holdings import HOLDINGS, can_expire
from core.ui.lists.rows import order_choice
from core.ui.shell import coded
from core.ui.shell.view import View
from core.ui.text.words import category, marketplace
from core.vocabulary import MARKETPLACES, STAGES, TOTALS, Channel, Total

LISTS: dict[str, str] = {
    **{stage.code: stage.label for stage in STAGES.values() if stage.total is not Total.LOST},
    Total.LOST.value: TOTALS[Total.LOST].label,
}
"""What a list may hold, by the codes of HOLDINGS: each stage that is not lost, and all that is lost."""


@dataclass(frozen=True)
class Choices:
    """What the visitor chose above the list: a marketplace (None: all), a deadline and what the list holds."""

    marketplace: str | None
    expires: str
    holding: str

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of the list."""
        return HOLDINGS[self.holding]

    @property
    def label(self) -> str:
        """What the list holds, in words."""
        return LISTS[self.holding]

    @property
    def span(self) -> Span:
        """The deadlines that the list is narrowed to; what can not expire is never narrowed."""
        return WITHIN[self.expires if can_expire(self.stages) else ANY]


def show(view: View, channel: Channel) -> None:
    """Show a channel's money: choices, tiles, categories, items."""
    present = _marketplaces(view, channel)
    if not present:
        components.nothing(
            f"No {channel.label} marketplace is connected.", "Other accounts are in the picker on the left."
        )
        return
    chosen = _choices(channel, present)
    near = NEAR if chosen.expires == ANY else chosen.expires
    currencies = figures.recovery_tiles(view.scope, view.as_of, channel.value, chosen.marketplace, near)
    if currencies is None:
        components.nothing("Nothing was detected here yet.", "The reports are in, and nothing in them may be owed.")
        return
    _lists(view, channel, chosen, currencies[0] if len(currencies) == 1 else None, many=len(present) > 1)


def _marketplaces(view: View, channel: Channel) -> list[str]:
    """The channel's marketplaces of the accounts, and its unassigned one where something sits in it."""
    connected = {code for code in view.marketplaces if MARKETPLACES[code].channel is channel}
    seen = figures.places(view.scope, view.as_of, channel.value)
    return [code for code in MARKETPLACES if code in connected | seen]


def _choices(channel: Channel, present: Sequence[str]) -> Choices:
    name = channel.value
    places = {code: marketplace(code) for code in present}
    if len(places) > 1:
        places = {"": f"All {channel.label} marketplaces"} | places
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        place = components.one_of("Marketplace", places, key=f"{name}_marketplace", width=250)
        expires = coded.segments(
            "Expires in",
            labels_of(*WITHIN),
            default=ANY,
            key=f"{name}_expires_in",
            wrap=True,
            help="Counted from each marketplace's own today. What is in a case, claimed or lost does not expire.",
        )
        components.how_to_claim()
    holding = coded.segments("What the list holds", LISTS, key=f"{name}_stage", label_visibility="collapsed")
    return Choices(place or None, expires, holding)


def _lists(view: View, channel: Channel, chosen: Choices, currency: str | None, *, many: bool) -> None:
    key = channel.value
    wanted = ItemFilter(key, chosen.stages, chosen.marketplace, within=chosen.span.within)
    found = lists.categories(view.scope, view.as_of, wanted, currency)
    st.header(f"{chosen.label} by category", anchor=False)
    table = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = components.category_choice(channel, key=f"{key}_category")
        search = rows.search_field(key=key)
        order = order_choice("items", key=key, by_columns=not view.has_many_accounts)
    with table:
        if found is None:
            components.nothing(
                f"Nothing is *{chosen.label}*" + (f" within {chosen.span.label}." if chosen.span.within else ".")
            )
        else:
            components.category_table(found, selected=picked, field=f"{key}_category")
    if found is None and not search:
        return
    title = f"{chosen.label}: {category(picked) if picked else 'all items'}"
    wanted = replace(wanted, category=picked, search=search)
    rows.show(view, wanted, order, title, _about(chosen, picked), key=key, many=many)


def _about(chosen: Choices, picked: str | None) -> dict[str, str]:
    """The choices in words, for a file."""
    return {
        "Marketplace": marketplace(chosen.marketplace) if chosen.marketplace else "All",
        "Stage": chosen.label,
        "Expires in": chosen.span.label,
        "Category": category(picked) if picked else "All",
    }
