"""Filters of the Items page, the list behind a figure. Their values are in the URL."""

from dataclasses import dataclass

import streamlit as st

from core.queries.item_filter import ItemFilter
from core.queries.paging import TOP
from core.ui import components
from core.ui.cache import answers
from core.ui.components.choices import category_labels, one_of, place_labels
from core.ui.components.deadlines import ANY, SPANS, labels_of
from core.ui.items.holdings import HOLDINGS, LABELS, can_expire
from core.ui.shell import links
from core.ui.shell.view import View
from core.ui.text import day_ranges
from core.ui.text.words import NO_CURRENCY, currencies_in_order
from core.vocabulary import Channel


@dataclass(frozen=True)
class Chosen:
    """The filter, the parts of the list's title, and the selected labels of all fields by name."""

    wanted: ItemFilter
    told: tuple[str, ...]
    about: dict[str, str]


_KEYS = {"Status": "holding"}
"""URL names of fields that differ from their labels."""


def choices(view: View) -> Chosen:
    """Show the fields and return the selection."""
    amounts = answers.amounts(view.scope, view.as_of)
    options = {
        "Status": LABELS,
        "Marketplace": {"": "All marketplaces"} | place_labels({*view.marketplaces, *amounts["marketplace"]}),
        "Currency": {"": "All currencies"} | _currencies(currencies_in_order(amounts["currency"])),
        "Category": {"": "All categories"} | category_labels(),
        "Expires": labels_of(ANY, *(each for each in SPANS if each != ANY)),
        "Value": {"": "With or without", links.WITHOUT: "No value yet"},
    }
    widths = {"Marketplace": 230, "Currency": 150, "Value": 150}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = {
            name: one_of(name, labels, key=f"items_{_KEYS.get(name, name.lower())}", width=widths.get(name, 190))
            for name, labels in options.items()
        }
        gap, waits_for = _waits_for(view)
    stages, place, currency = HOLDINGS[chosen["Status"]], chosen["Marketplace"], chosen["Currency"]
    span = SPANS[chosen["Expires"] if can_expire(stages) else ANY]
    channel = place if place in set(Channel) else None
    wanted = ItemFilter(
        channel,
        stages,
        None if channel else place or None,
        chosen["Category"] or None,
        span.within,
        currency="" if currency == links.NONE else currency or None,
        after=span.after,
        without_value=chosen["Value"] == links.WITHOUT,
        waits_for=waits_for,
    )
    about = {name: options[name][code] for name, code in chosen.items()} | {"Gap": gap}
    of_all = ("Marketplace", "Currency", "Category")
    narrowed = (about[name] for name in of_all if chosen[name])
    told = (
        about["Status"],
        span.when,
        *narrowed,
        about["Value"] if wanted.without_value else "",
        gap if waits_for else "",
    )
    return Chosen(wanted, told, about)


def _currencies(codes: list[str]) -> dict[str, str]:
    return {code or links.NONE: code or NO_CURRENCY for code in codes}


def _waits_for(view: View) -> tuple[str, tuple[str, ...]]:
    """Show the field for the gap that items wait for; returns its label and its parameters in reasons for Review."""
    gaps = answers.gaps(view.scope, view.as_of, TOP).to_dict("records")
    labels = {"": "Any gap or none"} | {day_ranges.code(gap): day_ranges.named(gap) for gap in gaps}
    if not gaps:
        return labels[""], ()
    chosen = components.one_of("Gap", labels, key="items_waits", width=380)
    parameters = {day_ranges.code(gap): day_ranges.parameters(gap) for gap in gaps}
    return labels[chosen], parameters.get(chosen, ())
