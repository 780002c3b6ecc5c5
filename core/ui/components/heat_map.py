"""Accounts × deadlines: the money at risk in each cell. A table, so that it is read, sorted and chosen by keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core import money
from core.charts.heat import warmth
from core.ui.components.deadlines import MOST, SPANS
from core.ui.components.settled import settled
from core.ui.shell import session_check

ALL = "All accounts"
TOTAL = MOST
_ACCOUNT = "account"


@dataclass(frozen=True)
class Heat:
    """The cells with their colours, whose row each is (None for all), what is at risk in all, how many accounts are
    shown, and of how many.
    """

    cells: Styler
    ids: tuple[int | None, ...]
    currency: str
    amounts: tuple[str, ...]
    at_risk: Decimal
    shown: int
    found: int


def heat_of(at_risk: pd.DataFrame, buckets: Sequence[str], currency: str) -> Heat:
    """The rows of `expiring.at_risk` as `heat_map` shows them: the sums over all accounts first, then those with most
    at risk.
    """
    rows, ids = _cells(at_risk, buckets)
    shown = pd.DataFrame(rows, dtype=object)
    hottest = max((value for name in buckets for value in shown[name][1:]), default=Decimal(0))
    amounts = (TOTAL, *buckets)

    def told(value: Any) -> str:
        return money.formatted(value, currency) if value else ""

    texts = shown.assign(**{name: shown[name].map(told) for name in amounts})
    warm = shown.style.map(lambda value: warmth(value, hottest), subset=(slice(1, None), list(buckets)))
    named = at_risk[at_risk["account_id"].notna()]
    return Heat(
        settled(warm, texts),
        tuple(ids),
        currency,
        amounts,
        shown[TOTAL].iloc[0],
        named["account_id"].nunique(),
        int(named["accounts"].iloc[0]) if len(named) else 0,
    )


def heat_map(heat: Heat, *, key: str, chosen: Callable[[int | None, str], None]) -> None:
    """Show it. Marking a cell calls `chosen` with the account's id, None for all, and the bucket's code or TOTAL."""
    st.dataframe(
        heat.cells,
        hide_index=True,
        height="content",
        key=key,
        on_select=session_check.callback(partial(_choose, key, heat.ids, chosen)),
        selection_mode="single-cell",
        alt=f"Money at risk in {heat.currency}, by account and deadline: mark a cell to narrow the list below",
        column_config={_ACCOUNT: st.column_config.TextColumn("Account", width="medium", pinned=True)}
        | {code: st.column_config.Column(SPANS[code].label, alignment="right") for code in heat.amounts},
    )


def _cells(at_risk: pd.DataFrame, buckets: Sequence[str]) -> tuple[list[dict[str, Any]], list[int | None]]:
    """A row an account with its amount in each bucket, the sums first; and whose row each is."""
    rows: list[dict[str, Any]] = []
    ids: list[int | None] = []
    by_account = at_risk.assign(order=at_risk["account_id"].notna()).sort_values(
        ["order", "at_risk"], ascending=[True, False], kind="stable"
    )
    for _, own in by_account.groupby("account_id", sort=False, dropna=False):
        account_id = own["account_id"].iloc[0]
        is_all = pd.isna(account_id)
        amounts = dict(zip(own["bucket"], own["amount"], strict=True))
        ids.append(None if is_all else int(account_id))
        rows.append(
            {_ACCOUNT: ALL if is_all else own["account"].iloc[0], TOTAL: own["at_risk"].iloc[0]}
            | {code: amounts.get(number, Decimal(0)) for number, code in enumerate(buckets)}
        )
    return rows, ids


def _choose(key: str, ids: Sequence[int | None], chosen: Callable[[int | None, str], None]) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells and cells[0][0] < len(ids):
        row, column = cells[0]
        chosen(ids[row], TOTAL if column == _ACCOUNT else column)
