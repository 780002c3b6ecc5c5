"""Cells with colours behind them."""

from dataclasses import dataclass

import pandas as pd
from pandas.io.formats.style import Styler


@dataclass(frozen=True)
class Coloured:
    """What cells say, and the CSS of each."""

    texts: pd.DataFrame
    css: pd.DataFrame

    @property
    def cells(self) -> Styler:
        """The cells for `st.dataframe`. Made anew each time: a Styler changes while it is sent, and sessions run side
        by side.
        """
        return self.texts.style.apply(lambda _: self.css, axis=None)
