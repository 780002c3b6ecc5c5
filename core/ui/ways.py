"""Ways from one page to another: from a figure to its rows, from a row to its item. Each is an address that others can
open too.
"""

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st

from core.ui import carried
from core.ui.contents import PAGES
from core.ui.view import View
from core.ui.words import category as category_label
from core.ui.words import marketplace as marketplace_label
from core.vocabulary import Channel

Query = Mapping[str, str]


def file_of(title: str) -> str:
    """The file of a page, for links to it."""
    return f"pages/{PAGES[title].file}.py"


def go(title: str, query: Query) -> NoReturn:
    """Leave for another page."""
    # an address given to switch_page would first become one of this page, and the way back would lead there
    carried.hand_over(query)
    st.switch_page(file_of(title), query_params={})


def place_label(place: str) -> str:
    """The words for a marketplace, or for all of a channel."""
    return f"All {Channel(place).label} marketplaces" if place in set(Channel) else marketplace_label(place)


def to_item(view: View, account_id: int, item_id: str) -> Query:
    """The query of an item's own page."""
    return {"account": view.names[account_id], "item": item_id}


def to_case(view: View, account_id: int, marketplace: str, case_id: str) -> Query:
    """The query of a case's own page."""
    return {"account": view.names[account_id], "marketplace": marketplace, "case": case_id}


def to_items(
    holding: str,
    *,
    currency: str = "",
    place: str = "",
    category: str = "",
    expires: str = "",
) -> Query:
    """The query of the list behind a figure.

    `holding` is one of `core.ui.holdings.HOLDINGS`, `place` the code of a marketplace or of a channel, `category` a
    code, `expires` one of `core.ui.deadlines.SPANS`; what is empty is left open.
    """
    query = {
        "items_holding": holding,
        "items_currency": currency,
        "items_marketplace": place_label(place) if place else "",
        "items_category": category_label(category) if category else "",
        "items_expires": expires,
    }
    return {key: value for key, value in query.items() if value}
