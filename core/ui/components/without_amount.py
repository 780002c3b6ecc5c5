"""Items without an amount, with links to their lists."""

import pandas as pd
import streamlit as st

from core.ui.components.list_link import list_link
from core.ui.shell import links
from core.ui.text.words import number
from core.vocabulary import TOTALS, Total

_NO_CURRENCY = "Beside the amounts above: the marketplace is not known, and with it the currency."
_NO_VALUE = "Counted in units, in no amount. A file of sourcing costs gives them a value."


def without_amount(amounts: pd.DataFrame) -> None:
    """Show how many items of each total have no value or no currency yet, each with a link to them. `amounts` are rows
    of `overview.amounts`.
    """
    unknown = amounts[amounts["currency"] == ""].groupby("total")["items"].sum()
    unvalued = amounts.groupby("total")["items_without_value"].sum()
    with st.container(horizontal=True, gap="small"):
        for total in Total:
            for rows, what, choice, meaning in (
                (unvalued, "with no value yet", {"value": links.WITHOUT}, _NO_VALUE),
                (unknown, "with no currency yet", {"currency": links.NONE}, _NO_CURRENCY),
            ):
                if rows.get(total.value):
                    told = f"{TOTALS[total].label}: {number(int(rows[total.value]))} {what}"
                    list_link(told, links.to_items(total.value, **choice), meaning)
