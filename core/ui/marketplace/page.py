"""The Amazon and Walmart pages, the seeds' marketplace subsections: they differ by their channel alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.ui import components
from core.ui.cache import figures, lists
from core.ui.components.deadlines import NEAR, WITHIN
from core.ui.items import rows
from core.ui.items.holdings import can_expire
from core.ui.lists.rows import order_choice
from core.ui.shell import carried
from core.ui.shell.view import View
from core.ui.text.words import category, marketplace
from core.vocabulary import MARKETPLACES, STAGES, TOTALS, Channel, Total

LISTS: dict[str, tuple[str, ...]] = {
    **{stage.label: (stage.code,) for stage in STAGES.values() if stage.total is not Total.LOST},
    TOTALS[Total.LOST].label: tuple(stage.code for stage in STAGES.values() if stage.total is Total.LOST),
}
"""What a list may hold: each stage that is not lost, and all that is lost."""

_FIRST = next(iter(LISTS))


@dataclass(frozen=True)
class Choices:
    """What the visitor chose above the list: a marketplace (None: all), a deadline and what the list holds."""

    marketplace: str | None
    within_label: str
    list_label: str

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages of the list."""
        return LISTS[self.list_label]

    @property
    def within(self) -> str | None:
        """The interval that the list is narrowed to; what can not expire is never narrowed."""
        return WITHIN[self.within_label] if can_expire(self.stages) else None


def show(view: View, channel: Channel) -> None:
    """Show a channel's money: choices, tiles, categories, items."""
    present = _marketplaces(view, channel)
    if not present:
        components.nothing(
            f"No {channel.label} marketplace is connected.", "Other accounts are in the picker on the left."
        )
        return
    chosen = _choices(channel, present)
    near = WITHIN[chosen.within_label] or NEAR
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
    by_label = {marketplace(code): code for code in present}
    options = list(by_label) if len(by_label) == 1 else [f"All {channel.label} marketplaces", *by_label]
    carried.forget_unless(f"{name}_marketplace", options)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        place = st.selectbox("Marketplace", options, key=f"{name}_marketplace", bind="query-params", width=250)
        within = st.segmented_control(
            "Expires in",
            list(WITHIN),
            default="Any",
            required=True,
            key=f"{name}_expires_in",
            bind="query-params",
            wrap=True,
            help="Counted from each marketplace's own today. What is in a case, claimed or lost does not expire.",
        )
        components.how_to_claim()
    listed = st.segmented_control(
        "What the list holds",
        list(LISTS),
        default=_FIRST,
        required=True,
        key=f"{name}_stage",
        bind="query-params",
        label_visibility="collapsed",
    )
    # What a browser sends is looked up, never trusted.
    return Choices(
        by_label.get(place or ""), within if within in WITHIN else "Any", listed if listed in LISTS else _FIRST
    )


def _lists(view: View, channel: Channel, chosen: Choices, currency: str | None, *, many: bool) -> None:
    key = channel.value
    wanted = ItemFilter(key, chosen.stages, chosen.marketplace, within=chosen.within)
    found = lists.categories(view.scope, view.as_of, wanted, currency)
    st.header(f"{chosen.list_label} by category", anchor=False)
    table = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = components.category_choice(channel, key=f"{key}_category")
        search = rows.search_field(key=key)
        order = order_choice("items", key=key, by_columns=not view.has_many_accounts)
    with table:
        if found is None:
            components.nothing(
                f"Nothing is *{chosen.list_label}*" + (f" within {chosen.within_label}." if chosen.within else ".")
            )
        else:
            components.category_table(found, selected=picked, field=f"{key}_category")
    if found is None and not search:
        return
    title = f"{chosen.list_label}: {category(picked) if picked else 'all items'}"
    wanted = replace(wanted, category=picked, search=search)
    rows.show(view, wanted, order, title, _about(chosen, picked), key=key, many=many)


def _about(chosen: Choices, picked: str | None) -> dict[str, str]:
    """The choices in words, for a file."""
    return {
        "Marketplace": marketplace(chosen.marketplace) if chosen.marketplace else "All",
        "Stage": chosen.list_label,
        "Expires in": chosen.within_label if chosen.within else "Any",
        "Category": category(picked) if picked else "All",
    }
