"""A list of what is to be followed up, with a button in each row where it leads somewhere."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from core.ui.parts.table import table, without_empty

_BUTTON = "Way"
_MONEY_LAST = 2
"""Behind how many columns the currency and the place of a row stand: after how urgent and how much."""


def follow_up_table(
    columns: Mapping[str, object],
    *,
    button: str,
    named: Mapping[str, object],
    currency: str | None,
    currencies: Sequence[str],
    alt: str,
    key: str,
) -> int | None:
    """Show the columns, and return the number of the row whose button was just pressed.

    `button` is what stands on it; none where it is empty. `currency` is that of all rows; None shows `currencies`.
    `named` are columns that tell the row's place.
    """
    first = dict(list(columns.items())[:_MONEY_LAST])
    told: dict[str, object] = {"Currency": currencies} if currency is None else {}
    shown = pd.DataFrame(first | told | dict(named) | dict(columns), dtype=object)
    config: dict[str, object] = {
        "Days left": st.column_config.NumberColumn("Days left", format="%d days", help="That day included."),
        "Reason": st.column_config.TextColumn("Reason", width="medium"),
        "Why": st.column_config.TextColumn("Why", width="medium"),
    }
    if button:
        shown.insert(0, _BUTTON, button)
        config[_BUTTON] = st.column_config.ButtonColumn("Page", key=f"{key}_open", width="small")
    empty = ("Days left", "Ask until", "FNSKU", "Order", "Order or shipment", "Amount", "Order, shipment or case")
    table(without_empty(shown, *empty), alt=alt, currency=currency, key=key, column_config=config)
    click = st.session_state.get(f"{key}_open") if button else None
    return click.row if click is not None and 0 <= click.row < len(shown) else None
