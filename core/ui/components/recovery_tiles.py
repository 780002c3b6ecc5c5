"""What a marketplace page shows first: what can be claimed, what will be, and what runs out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.ui.components.deadlines import WITHIN
from core.ui.components.list_link import list_link
from core.ui.components.sums import Sum
from core.ui.items.holdings import MAY_EXPIRE
from core.ui.shell import links
from core.ui.text.words import amount, count, number, plain
from core.vocabulary import STAGES


@dataclass(frozen=True)
class Recovery:
    """One currency's money that is still unclaimed; `expiring` is what of it expires within the chosen deadline."""

    currency: str
    ready: Sum
    future: Sum
    expiring: Sum


def recovery_tiles(found: Sequence[Recovery], within: str, place: str) -> None:
    """Show the tiles, each with a line a currency that leads to its list.

    `within` is the code of the deadline (`30d`), `place` is the code of the marketplace or channel that they are about.
    """
    ready, future, expiring, units = st.columns(4)
    with ready:
        _tile(
            ":orange[:material/bolt: **Ready to claim**]",
            [(each.currency, each.ready) for each in found],
            "Can be claimed today.",
            lambda currency: links.to_items("ready", currency=currency, place=place),
        )
    with future:
        _tile(
            ":gray[:material/schedule: **Future claim**]",
            [(each.currency, each.future) for each in found],
            "The claim window has not opened yet, or an automatic payment may still arrive.",
            lambda currency: links.to_items("future", currency=currency, place=place),
        )
    with expiring:
        _tile(
            f":red[:material/alarm: **Expires within {plain(WITHIN[within].label)}**]",
            [(each.currency, each.expiring) for each in found],
            "Ready, future and doubtful money whose claim window closes by then.",
            lambda currency: links.to_items(MAY_EXPIRE, currency=currency, place=place, expires=within),
        )
    with units:
        _units(
            {"ready": sum(each.ready.units for each in found), "future": sum(each.future.units for each in found)},
            place,
        )


def _tile(label: str, found: Sequence[tuple[str, Sum]], meaning: str, way: Callable[[str], links.Query]) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        if len(found) == 1:
            ((currency, only),) = found
            st.metric(label, amount(only.amount, currency), help=meaning)
            list_link(count(only.items, "item"), way(currency), _unvalued(only))
            return
        st.markdown(label, help=meaning)
        for currency, each in found:
            told = f"**{amount(each.amount, currency)}** {count(each.items, 'item')}"
            list_link(told, way(currency), _unvalued(each))


def _unvalued(found: Sum) -> str:
    return f"{count(found.without_value, 'item')} without a value." if found.without_value else ""


def _units(by_stage: Mapping[str, int], place: str) -> None:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(
            ":gray[:material/inventory_2: **Units**]",
            number(sum(by_stage.values())),
            help="Units that are ready or future.",
        )
        for stage, units in by_stage.items():
            label = STAGES[stage].label
            list_link(f"{label} **{number(units)}**", links.to_items(stage, place=place))
