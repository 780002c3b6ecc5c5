"""A list of what is to be followed up, with a button in each row where it leads somewhere."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Any

import pandas as pd
import streamlit as st

from core.ui.components.table import table, without_empty
from core.ui.text.glossary import COLUMNS

_BUTTON = "Way"


def follow_up_table(
    columns: Mapping[str, Any],
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
    told: dict[str, object] = {"Currency": currencies} if currency is None else {}
    shown = pd.DataFrame(_up_to_money(columns) | told | dict(named) | dict(columns), dtype=object)
    config: dict[str, object] = {
        "Days left": st.column_config.NumberColumn("Days left", format="%d days", help="That day included."),
        "Reason": st.column_config.TextColumn("Reason", width="medium"),
        "Why": st.column_config.TextColumn("Why", width="medium"),
        "What is over": st.column_config.TextColumn("What is over", width=120, help=COLUMNS["What is over"]),
    }
    if button:
        shown.insert(0, _BUTTON, button)
        config[_BUTTON] = st.column_config.ButtonColumn("Page", key=f"{key}_open", width="small")
    empty = ("Days left", "Ask until", "FNSKU", "Order", "Order or shipment", "Amount", "Order, shipment or case")
    table(without_empty(shown, *empty), alt=alt, currency=currency, key=key, column_config=config)
    click = st.session_state.get(f"{key}_open") if button else None
    return click.row if click is not None and 0 <= click.row < len(shown) else None


def _up_to_money(columns: Mapping[str, Any]) -> dict[str, object]:
    """The columns up to the first with amounts: how urgent and how much. The currency and a row's place come next."""
    before = list(takewhile(lambda name: not any(isinstance(cell, Decimal) for cell in columns[name]), columns))
    return {name: columns[name] for name in list(columns)[: len(before) + 1]}
