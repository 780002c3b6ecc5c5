"""The filters of the list behind a figure. Their values live in the address."""

from dataclasses import dataclass

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.queries.paging import TOP
from core.ui import components
from core.ui.cache import answers
from core.ui.components.deadlines import ANY, SPANS
from core.ui.items.holdings import HOLDINGS, can_expire
from core.ui.shell import carried, links
from core.ui.shell.view import View
from core.ui.text import day_ranges
from core.ui.text.words import NO_CURRENCY
from core.vocabulary import CATEGORIES, MARKETPLACES, Channel

_ANYWHERE, _EVERY, _ALL = "All marketplaces", "All currencies", "All categories"
_ANY_VALUE, _ANYTHING = "With or without", "Any gap or none"


@dataclass(frozen=True)
class Chosen:
    """What was chosen: the filter, and its choices in words."""

    wanted: ItemFilter
    holding: str
    about: dict[str, str]


def choices(view: View) -> Chosen:
    """Show the fields and return what they ask for."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        holding = components.one_of("Holding", list(HOLDINGS), key="items_holding")
        place = _place(view)
        currency, named = _currency(view)
        category = components.one_of("Category", [_ALL, *_categories()], key="items_category")
        stages = HOLDINGS[holding]
        expires = components.one_of("Expires", [ANY, *(each for each in SPANS if each != ANY)], key="items_expires")
        value = components.one_of("Value", [_ANY_VALUE, links.WITHOUT_VALUE], key="items_value", width=150)
        waits, waits_for = _waits_for(view)
    span = SPANS[expires if can_expire(stages) else ANY]
    channel = next((each.value for each in Channel if links.place_label(each.value) == place), None)
    by_label = {links.place_label(code): code for code in MARKETPLACES}
    wanted = ItemFilter(
        channel,
        stages,
        by_label.get(place),
        _categories().get(category),
        span.within,
        currency=currency,
        after=span.after,
        without_value=value == links.WITHOUT_VALUE,
        waits_for=waits_for,
    )
    about = {"Holding": holding, "Marketplace": place, "Currency": named, "Category": category, "Expires": expires}
    about |= {"Value": value, "Gap": waits}
    return Chosen(wanted, holding, about)


def _place(view: View) -> str:
    amounts = answers.amounts(view.scope, view.as_of)
    present = [code for code in MARKETPLACES if code in {*view.marketplaces, *amounts["marketplace"]}]
    channels = [each.value for each in Channel if any(MARKETPLACES[code].channel is each for code in present)]
    options = [_ANYWHERE, *(links.place_label(each) for each in (*channels, *present))]
    carried.forget_unless("items_marketplace", options)
    return components.one_of("Marketplace", options, key="items_marketplace", width=230)


def _currency(view: View) -> tuple[str | None, str]:
    """The code of the chosen currency, None for all of them and empty for none at all; and the words for it."""
    codes = sorted(set(answers.amounts(view.scope, view.as_of)["currency"]))
    by_label = {code or NO_CURRENCY: code for code in codes}
    carried.forget_unless("items_currency", [_EVERY, *by_label])
    named = components.one_of("Currency", [_EVERY, *by_label], key="items_currency", width=150)
    return by_label.get(named), named


def _waits_for(view: View) -> tuple[str, tuple[str, ...]]:
    """The gap in a report that the items wait for, in words and as reasons for Review name it."""
    gaps = answers.gaps(view.scope, view.as_of, TOP).to_dict("records")
    by_name = {day_ranges.named(gap): day_ranges.parameters(gap) for gap in gaps}
    carried.forget_unless("items_waits", [_ANYTHING, *by_name])
    if not by_name:
        return _ANYTHING, ()
    named = components.one_of("Gap", [_ANYTHING, *by_name], key="items_waits", width=380)
    return named, by_name.get(named, ())


def _categories() -> dict[str, str]:
    return {entry.label: code for code, entry in CATEGORIES.items()}
