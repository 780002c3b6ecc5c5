"""Tiles that work as tabs: each shows figures, and the selected one determines the list below."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.ui.shell import coded, session_check
from core.ui.shell.looks import tiles_key


@dataclass(frozen=True)
class Tile:
    """One tab: label, icon, theme colour name, figures (Markdown lines), tooltip."""

    label: str
    icon: str
    colour: str
    lines: tuple[str, ...]
    meaning: str = ""


def tile_tabs(tiles: Mapping[str, Tile], *, key: str, width: int = 130) -> str:
    """Show a row of tiles, each at least `width` pixels wide; returns the selected tile's code, which is in the URL
    under this key.
    """
    chosen = coded.chosen(key, {code: tile.label for code, tile in tiles.items()})
    with st.container(key=tiles_key(1 + max(len(tile.lines) for tile in tiles.values()))):
        grid = st.grid(len(tiles), min_column_width=width, gap="xsmall")
    for code, tile in tiles.items():
        is_chosen = code == chosen
        # no other colour is readable on the selected tile's background
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
