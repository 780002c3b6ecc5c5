"""Heat map of accounts × deadlines with the money at risk. It is a table, so that it works with a keyboard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from core import money
from core.charts.heat import warmth
from core.queries.expiring import MOST_ACCOUNTS
from core.ui.components.coloured import Coloured
from core.ui.components.deadlines import MOST, SPANS
from core.ui.components.table import height_of
from core.ui.shell import session_check

ALL = "All accounts"
TOTAL = MOST
_ACCOUNT, _CURRENCY = "account", "currency"


class Whose(NamedTuple):
    """A row's account (None: all accounts) and currency."""

    account_id: int | None
    currency: str


@dataclass(frozen=True)
class Heat:
    """The cells, each row's account and currency, and the number of account rows on all pages."""

    coloured: Coloured
    rows: tuple[Whose, ...]
    found: int

    @property
    def pages(self) -> int:
        """The number of pages."""
        return -(-self.found // MOST_ACCOUNTS)


@dataclass(frozen=True)
class _Row:
    whose: Whose
    account: str
    at_risk: Decimal
    amounts: Mapping[int, Decimal]
    hottest: Decimal = Decimal(0)

    @property
    def weight(self) -> Decimal:
        """Sort key across currencies. One yen counts as 0.01, which is close enough for sorting."""
        return self.at_risk.scaleb(money.minor_digits(self.whose.currency) - 2)


def heat_of(at_risk: Mapping[str, pd.DataFrame], buckets: Sequence[str], page: int) -> Heat:
    """Data of `heat_map` from rows of `expiring.at_risk` by currency: first the totals over all accounts, then one page
    of accounts, most at risk first.
    """
    rows = [row for currency, own in at_risk.items() for row in _rows(own, currency)]
    sums = [row for row in rows if row.whose.account_id is None]
    ranked = sorted((row for row in rows if row.whose.account_id is not None), key=lambda row: -row.weight)
    shown = [*sums, *ranked[(page - 1) * MOST_ACCOUNTS : page * MOST_ACCOUNTS]]
    has_many = len(at_risk) > 1
    texts, css = [], []
    for row in shown:
        names = {_ACCOUNT: row.account} | ({_CURRENCY: row.whose.currency} if has_many else {})
        cells = {code: row.amounts.get(number, Decimal(0)) for number, code in enumerate(buckets)}
        told = {code: _told(value, row.whose.currency) for code, value in ({TOTAL: row.at_risk} | cells).items()}
        texts.append(names | told)
        css.append(
            dict.fromkeys((*names, TOTAL), "") | {code: warmth(value, row.hottest) for code, value in cells.items()}
        )
    found = sum(int(own["accounts"].dropna().iloc[0]) for own in at_risk.values() if own["accounts"].notna().any())
    coloured = Coloured(pd.DataFrame(texts, dtype=object), pd.DataFrame(css))
    return Heat(coloured, tuple(row.whose for row in shown), found)


def _rows(at_risk: pd.DataFrame, currency: str) -> list[_Row]:
    """One row per account, and one of the totals over all accounts, which gets no colour."""
    of_accounts = at_risk.loc[at_risk["account_id"].notna(), "amount"]
    hottest = max(of_accounts, default=Decimal(0))
    found = []
    for _, own in at_risk.groupby("account_id", sort=False, dropna=False):
        account_id = own["account_id"].iloc[0]
        is_all = pd.isna(account_id)
        amounts = dict(zip(own["bucket"], own["amount"], strict=True))
        found.append(
            _Row(
                Whose(None if is_all else int(account_id), currency),
                ALL if is_all else own["account"].iloc[0],
                own["at_risk"].iloc[0],
                amounts,
                Decimal(0) if is_all else hottest,
            )
        )
    return found


def _told(value: Decimal, currency: str) -> str:
    return money.formatted(value, currency) if value else ""


def heat_map(heat: Heat, *, key: str, chosen: Callable[[Whose, str], None]) -> None:
    """Show the heat map. Selecting a cell calls `chosen` with its row's account and currency, and its bucket's code or
    TOTAL.
    """
    amounts = [name for name in heat.coloured.texts.columns if name not in (_ACCOUNT, _CURRENCY)]
    st.dataframe(
        heat.coloured.cells,
        hide_index=True,
        height=height_of(len(heat.rows), all_rows=True),
        key=key,
        on_select=session_check.callback(partial(_choose, key, heat.rows, chosen)),
        selection_mode="single-cell",
        alt="Money at risk by account and deadline: select a cell to see its items",
        column_config={
            _ACCOUNT: st.column_config.TextColumn("Account", width="medium", pinned=True),
            _CURRENCY: st.column_config.TextColumn("Currency", pinned=True),
        }
        | {code: st.column_config.Column(SPANS[code].label, alignment="right") for code in amounts},
    )


def _choose(key: str, rows: Sequence[Whose], chosen: Callable[[Whose, str], Any]) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells and cells[0][0] < len(rows):
        row, column = cells[0]
        chosen(rows[row], TOTAL if column in (_ACCOUNT, _CURRENCY) else column)
