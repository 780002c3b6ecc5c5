"""Accounts × deadlines: the money at risk in each cell. A table, so that it is read, sorted and chosen by keyboard."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from core import money
from core.charts.heat import warmth

ALL = "All accounts"
TOTAL = "3 months"
_ACCOUNT = "Account"


def heat_map(
    at_risk: pd.DataFrame, buckets: Sequence[str], currency: str, *, key: str, chosen: Callable[[int | None, str], None]
) -> None:
    """Show the rows of `expiring.at_risk`: the sums over all accounts first, then those with most at risk.

    Marking a cell calls `chosen` with the account's id, None for all, and the bucket's label or TOTAL.
    """
    rows, ids = _cells(at_risk, buckets)
    shown = pd.DataFrame(rows, dtype=object)
    hottest = max((value for name in buckets for value in shown[name][1:]), default=Decimal(0))
    amounts = [TOTAL, *buckets]

    def told(value: Any) -> str:
        return money.formatted(value, currency) if value else ""

    styled = shown.style.format(dict.fromkeys(amounts, told))
    styled = styled.map(lambda value: warmth(value, hottest), subset=(slice(1, None), list(buckets)))
    st.dataframe(
        styled,
        hide_index=True,
        height="content",
        key=key,
        on_select=lambda: _choose(key, ids, chosen),
        selection_mode="single-cell",
        alt=f"Money at risk in {currency}, by account and deadline: mark a cell to narrow the list below",
        column_config={_ACCOUNT: st.column_config.TextColumn(_ACCOUNT, width="medium", pinned=True)}
        | {name: st.column_config.Column(name, alignment="right") for name in amounts},
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
            | {label: amounts.get(number, Decimal(0)) for number, label in enumerate(buckets)}
        )
    return rows, ids


def _choose(key: str, ids: Sequence[int | None], chosen: Callable[[int | None, str], None]) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells and cells[0][0] < len(ids):
        row, column = cells[0]
        chosen(ids[row], TOTAL if column == _ACCOUNT else column)
