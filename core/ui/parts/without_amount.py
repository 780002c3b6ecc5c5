"""What is in no amount of a page, and the way to it."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.ui import ways
from core.ui.parts.list_link import list_link
from core.ui.words import NO_CURRENCY, count
from core.vocabulary import STAGES


def without_currency(amounts: pd.DataFrame) -> None:
    """Say how many items have no currency yet, where there are any, and lead to them. Expects rows of
    `overview.amounts`.
    """
    _lists(
        amounts[amounts["currency"] == ""].groupby("stage")["items"].sum(),
        "without a currency",
        lambda holding: ways.to_items(holding, currency=NO_CURRENCY),
        "Beside the amounts above: the marketplace is not known, and with it the currency.",
    )


def without_value(amounts: pd.DataFrame) -> None:
    """The same of the items of which nobody knows what a unit is worth."""
    _lists(
        amounts.groupby("stage")["items_without_value"].sum(),
        "without a value",
        lambda holding: ways.to_items(holding, value=ways.WITHOUT_VALUE),
        "Counted in units, in no amount. A file of sourcing costs gives them a value.",
    )


def _lists(items: "pd.Series[int]", what: str, way: Callable[[str], ways.Query], meaning: str) -> None:
    """A link a stage to the items that it has; `items` are how many, by the code of the stage."""
    with st.container(horizontal=True):
        for stage in (stage for stage in STAGES.values() if items.get(stage.code)):
            told = f"{stage.label}: {count(int(items[stage.code]), 'item')} {what}"
            list_link(told, way(stage.label), meaning)
