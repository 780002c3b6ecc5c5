"""Cases by status: one card each with their number and money. The cards are the filter of the list below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.lists.cases import COLOURS
from core.ui.shell import coded, session_check
from core.ui.text.words import amount, count, number
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
    """The number of cases of each status, and the words for what they filed and recovered (Markdown)."""

    cases: Mapping[str, int]
    money: Mapping[str, str]


def statuses_of(by_status: pd.DataFrame) -> Statuses:
    """What `status_cards` shows of the rows of `case_tracker.by_status`."""
    own = {code: by_status[by_status["status"] == code] for code in CASE_STATUSES}
    return Statuses(
        {code: int(rows["cases"].sum()) for code, rows in own.items()},
        {code: _money(rows) for code, rows in own.items()},
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
    grid = st.grid(len(within), min_column_width=150, gap="small")
    for code in within:
        status, cases = CASE_STATUSES[code], found.cases[code]
        is_chosen = code in chosen
        with grid.cell(), st.container(border=True, gap="xsmall", height="stretch"):
            st.button(
                f":{COLOURS[code]}[{status.label}]",
                icon=":material/check_box:" if is_chosen else ":material/check_box_outline_blank:",
                type="secondary" if is_chosen else "tertiary",
                key=f"{field} {code}",
                help=f"**{status.label}**: {status.meaning}",
                disabled=not cases and not is_chosen,
                on_click=session_check.callback(_toggle),
                args=(field, chosen, code),
            )
            st.metric(status.label, number(cases), label_visibility="collapsed")
            st.markdown(found.money[code])


def _toggle(field: str, chosen: Sequence[str], code: str) -> None:
    left = [each for each in chosen if each != code]
    st.query_params[field] = left if code in chosen else [*left, code]


def _money(rows: pd.DataFrame) -> str:
    """What the cases filed and recovered, a line a currency, the one with most filed first."""
    found = [row for row in rows.sort_values("claimed", ascending=False).to_dict("records") if row["currency"]]
    lines = [
        f"**{amount(row['claimed'], row['currency'])}** / {amount(row['recovered'], row['currency'])}"
        for row in found[:_MOST_CURRENCIES]
    ]
    if more := len(found) - len(lines):
        lines.append(count(more, "more currency", "more currencies"))
    return "  \n".join(f":small[{line}]" for line in [":gray[Filed / recovered]", *(lines or ["–"])])
