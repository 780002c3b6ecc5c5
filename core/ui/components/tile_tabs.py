"""Tiles that are tabs: each shows its figures, and the chosen one says what the page lists below."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.ui.shell import coded, session_check
from core.ui.shell.looks import tiles_key


@dataclass(frozen=True)
class Tile:
    """One tab: its label, its icon with the theme's name of its colour, its figures (Markdown lines), its meaning."""

    label: str
    icon: str
    colour: str
    lines: tuple[str, ...]
    meaning: str = ""


def tile_tabs(tiles: Mapping[str, Tile], *, key: str, width: int = 130) -> str:
    """Show a row of tiles, each at least `width` pixels wide; returns the code of the chosen one, which is in the
    address under this key.
    """
    chosen = coded.chosen(key, {code: tile.label for code, tile in tiles.items()})
    with st.container(key=tiles_key(1 + max(len(tile.lines) for tile in tiles.values()))):
        grid = st.grid(len(tiles), min_column_width=width, gap="xsmall")
    for code, tile in tiles.items():
        is_chosen = code == chosen
        # on the ground of the chosen one no other colour is read
        sign = f":material/{tile.icon}:" if is_chosen else f":{tile.colour}[:material/{tile.icon}:]"
        with grid.cell():
            st.button(
                "  \n".join((f"{sign} {tile.label}", *tile.lines)),
                type="primary" if is_chosen else "secondary",
                width="stretch",
                key=f"{key} {code}",
                help=tile.meaning or None,
                on_click=session_check.callback(partial(coded.choose, key, code, default=next(iter(tiles)))),
            )
    return chosen
