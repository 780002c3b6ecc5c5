"""Cases by status: one card per status with the number of cases and amounts. The cards filter the list below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.lists.cases import COLOURS
from core.ui.shell import coded, session_check
from core.ui.text.words import amount, currencies_in_order, number
from core.vocabulary import CASE_STATUSES

ICONS = {
    "open": ":material/pending:",
    "partially_reimbursed": ":material/incomplete_circle:",
    "fully_reimbursed": ":material/task_alt:",
    "not_eligible": ":material/block:",
    "closed": ":material/lock:",
}
"""Each status's icon, shown beside its colour."""

_MOST_CURRENCIES = 3


@dataclass(frozen=True)
class Statuses:
    """Per status: the number of cases, and the filed and recovered amounts as Markdown lines."""

    cases: Mapping[str, int]
    money: Mapping[str, tuple[str, ...]]


def statuses_of(by_status: pd.DataFrame) -> Statuses:
    """Data of `status_cards` from rows of `case_tracker.by_status`."""
    own = {code: by_status[by_status["status"] == code] for code in CASE_STATUSES}
    return Statuses(
        {code: int(rows["cases"].sum()) for code, rows in own.items()},
        _lines(own),
    )


def chosen_statuses(within: Sequence[str], *, field: str) -> tuple[str, ...]:
    """Status codes that the URL has in this `field`, limited to those `within` the view. Old URLs have labels."""
    labels = {code: CASE_STATUSES[code].label for code in within}
    said = st.query_params.get_all(field)
    chosen = [code for code in within if code in {coded.code_of(value, labels) for value in said}]
    if set(said) != set(chosen):
        st.query_params[field] = chosen
    return tuple(chosen)


def status_cards(found: Statuses, within: Sequence[str], *, field: str) -> None:
    """Show a card for each status `within` the view. A click adds the status to the filter, a second one removes it.

    The URL holds the selection, not a widget.
    """
    chosen = chosen_statuses(within, field=field)
    grid = st.grid(len(within), min_column_width=150, gap="xsmall")
    for code in within:
        status, cases, is_chosen = CASE_STATUSES[code], found.cases[code], code in chosen
        # no other colour is readable on a selected card's background
        sign = ICONS[code] if is_chosen else f":{COLOURS[code]}[{ICONS[code]}]"
        with grid.cell():
            st.button(
                "  \n".join((f"{sign} {status.label}", f"**{number(cases)}**", *found.money[code])),
                type="primary" if is_chosen else "secondary",
                width="stretch",
                key=f"{field} {code}",
                help=status.meaning,
                disabled=not cases and not is_chosen,
                on_click=session_check.callback(_toggle),
                args=(field, chosen, code),
            )


def _toggle(field: str, chosen: Sequence[str], code: str) -> None:
    left = [each for each in chosen if each != code]
    st.query_params[field] = left if code in chosen else [*left, code]


def _lines(found: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    """Filed and recovered amounts per status, one line per currency; padded so that all cards have the same height."""
    own = {code: [row for row in rows.to_dict("records") if row["currency"]] for code, rows in found.items()}
    currencies = currencies_in_order({row["currency"] for rows in own.values() for row in rows})
    shown, more = currencies[:_MOST_CURRENCIES], len(currencies) > _MOST_CURRENCIES
    told = {}
    for code, rows in own.items():
        by_currency = {row["currency"]: row for row in rows}
        lines = [_line(by_currency[currency]) for currency in shown if currency in by_currency]
        lines += ["\u00a0"] * (len(shown) - len(lines))
        told[code] = (":small[Filed / recovered]", *lines, *([":small[and other currencies]"] if more else []))
    return told


def _line(row: Mapping[Any, Any]) -> str:
    filed, recovered = (amount(row[name], row["currency"]) for name in ("claimed", "recovered"))
    return f":small[{filed} / {recovered}]"
