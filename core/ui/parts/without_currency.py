"""What has no amount in any currency."""

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
    items = amounts[amounts["currency"] == ""].groupby("stage")["items"].sum()
    with st.container(horizontal=True):
        for stage in (stage for stage in STAGES.values() if items.get(stage.code)):
            list_link(
                f"{stage.label}: {count(int(items[stage.code]), 'item')} without a currency",
                ways.to_items(stage.label, currency=NO_CURRENCY),
                "Beside the amounts above: the marketplace is not known, and with it the currency.",
            )
