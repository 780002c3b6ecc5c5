"""Table cells with background colours."""

from dataclasses import dataclass

import pandas as pd
from pandas.io.formats.style import Styler


@dataclass(frozen=True)
class Coloured:
    """The texts of cells, and each cell's CSS."""

    texts: pd.DataFrame
    css: pd.DataFrame

    @property
    def cells(self) -> Styler:
        """The cells for `st.dataframe`. A new Styler each time: rendering mutates it, and sessions run concurrently."""
        return self.texts.style.apply(lambda _: self.css, axis=None)
