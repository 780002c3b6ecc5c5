"""Cases by status: one card each with their number and money. The cards are the filter of the list below."""

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
"""A sign for each status beside its colour."""

_MOST_CURRENCIES = 3


@dataclass(frozen=True)
class Statuses:
    """The number of cases of each status, and the words for what they filed and recovered (Markdown lines)."""

    cases: Mapping[str, int]
    money: Mapping[str, tuple[str, ...]]


def statuses_of(by_status: pd.DataFrame) -> Statuses:
    """What `status_cards` shows of the rows of `case_tracker.by_status`."""
    own = {code: by_status[by_status["status"] == code] for code in CASE_STATUSES}
    return Statuses(
        {code: int(rows["cases"].sum()) for code, rows in own.items()},
        _lines(own),
    )


def chosen_statuses(within: Sequence[str], *, field: str) -> tuple[str, ...]:
    """The codes that the address names in this `field`, of those `within` the view. Former addresses have labels."""
    labels = {code: CASE_STATUSES[code].label for code in within}
    said = st.query_params.get_all(field)
    chosen = [code for code in within if code in {coded.code_of(value, labels) for value in said}]
    if set(said) != set(chosen):
        st.query_params[field] = chosen
    return tuple(chosen)


def status_cards(found: Statuses, within: Sequence[str], *, field: str) -> None:
    """Show a card for each status `within` the view. A click adds it to the chosen ones, another takes it out again.

    No widget holds the choice: the address does.
    """
    chosen = chosen_statuses(within, field=field)
    grid = st.grid(len(within), min_column_width=150, gap="xsmall")
    for code in within:
        status, cases, is_chosen = CASE_STATUSES[code], found.cases[code], code in chosen
        # on the ground of a chosen one no other colour is read
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
    """What the cases of each status filed and recovered, a line a currency; all cards are as high."""
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
