"""What is in no amount of a page, and the way to it."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.ui.components.list_link import list_link
from core.ui.shell import links
from core.ui.text.words import count
from core.vocabulary import TOTALS, Total


def without_currency(amounts: pd.DataFrame) -> None:
    """Say how much has no currency yet, where anything has none, and lead to it. Expects rows of
    `overview.amounts`.
    """
    _lists(
        amounts[amounts["currency"] == ""].groupby("total")["items"].sum(),
        "without a currency",
        lambda holding: links.to_items(holding, currency=links.NONE),
        "Beside the amounts above: the marketplace is not known, and with it the currency.",
    )


def without_value(amounts: pd.DataFrame) -> None:
    """The same of the items of which nobody knows what a unit is worth."""
    _lists(
        amounts.groupby("total")["items_without_value"].sum(),
        "without a value",
        lambda holding: links.to_items(holding, value=links.WITHOUT),
        "Counted in units, in no amount. A file of sourcing costs gives them a value.",
    )


def _lists(rows: "pd.Series[int]", what: str, way: Callable[[str], links.Query], meaning: str) -> None:
    """A link to the rows of each total; `rows` are how many, by the code of the total."""
    with st.container(horizontal=True):
        for total in (total for total in Total if rows.get(total.value)):
            label = TOTALS[total].label
            list_link(f"{label}: {count(int(rows[total.value]), 'row')} {what}", way(total.value), meaning)
