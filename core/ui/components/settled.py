"""Cells with colours that are not changed any more."""

import pandas as pd
from pandas.io.formats.style import Styler


def settled(cells: Styler, texts: pd.DataFrame) -> Styler:
    """The cells, with what they say written out, as they are sent: their colours are made once, and not whenever
    Streamlit sends them.

    Streamlit asks for them by the methods that are replaced here, each of which does all of it anew: a fifth of what
    the page Expiring took. It knows cells with colours by the name of their type, so a type of our own would not do.
    """
    cells.set_uuid("cells")
    cells._compute()  # type: ignore[attr-defined]
    colours = cells._translate(False, False) | {"body": []}  # type: ignore[attr-defined]
    told = texts.astype(str)
    cells._compute = lambda: cells  # type: ignore[attr-defined]
    cells._translate = lambda *_: colours  # type: ignore[attr-defined]
    cells.data.astype = lambda _: told  # type: ignore[attr-defined]
    return cells
