"""Tiles at the top of a marketplace page: one per stage, each also the tab of its list."""

from dataclasses import dataclass

import pandas as pd

from core.ui.components import sums
from core.ui.components.deadlines import ANY
from core.ui.components.money_tiles import COLOURS, ICONS
from core.ui.components.tile_tabs import Tile
from core.ui.items.holdings import HOLDINGS, can_expire
from core.ui.text.words import NO_CURRENCY, amount, count, currencies_in_order, number
from core.vocabulary import STAGES, TOTALS, Total

_ICONS = {"ready": "bolt", "future": "schedule", "in_case": "folder_open", "review": "visibility"}


@dataclass(frozen=True)
class StageTiles:
    """The tiles by the code of their list (a key of HOLDINGS), and the currencies of their amounts."""

    tiles: dict[str, Tile]
    currencies: tuple[str, ...]


LISTS: dict[str, str] = {
    **{stage.code: stage.label for stage in STAGES.values() if stage.total is not Total.LOST},
    Total.LOST.value: TOTALS[Total.LOST].label,
}
"""The lists and their labels: one per stage outside Lost, and one for all of Lost."""


def stage_tiles_of(found: pd.DataFrame, expires: str) -> StageTiles:
    """The tiles for rows of `marketplace.sums`. A tile of stages with deadlines applies the filter `expires`, like its
    list.
    """
    currencies = tuple(currencies_in_order(found["currency"]))
    tiles = {holding: _tile(found, holding, expires, currencies) for holding in LISTS}
    return StageTiles(tiles, tuple(filter(None, currencies)))


def _tile(found: pd.DataFrame, holding: str, expires: str, currencies: tuple[str, ...]) -> Tile:
    stages = HOLDINGS[holding]
    rows = sums.within(found) if can_expire(stages) and expires != ANY else found
    total = STAGES[stages[0]].total
    own = {currency: sums.of_stages(rows[rows["currency"] == currency], *stages) for currency in currencies}
    lines = [
        f"**{amount(each.amount, currency) if currency else NO_CURRENCY}** · {number(each.items)}"
        for currency, each in own.items()
        if currency or each.items
    ]
    lines += ["\u00a0"] * (len(own) - len(lines))  # same height as the other tiles
    meaning = STAGES[holding].meaning if holding in STAGES else TOTALS[total].meaning
    unvalued = sums.of_stages(rows, *stages).without_value
    if unvalued:
        meaning += f" {count(unvalued, 'item')} with no value yet."
    return Tile(LISTS[holding], _ICONS.get(holding, ICONS[total]), COLOURS[total], tuple(lines), meaning)
