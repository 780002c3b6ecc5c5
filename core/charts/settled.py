"""A figure that no longer changes."""

from typing import Any

import plotly.graph_objects as go


class Settled(go.Figure):  # type: ignore[misc]
    """A figure that is converted for browsers only once. Browsers do not receive later changes."""

    def __init__(self, figure: go.Figure) -> None:
        """Freeze a figure as it is."""
        super().__init__(figure)
        self._sent: dict[str, Any] = figure.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """The figure as Plotly's dict; the same object each time."""
        return self._sent
