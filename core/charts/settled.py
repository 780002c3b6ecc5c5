"""A figure that is not changed any more."""

from typing import Any

import plotly.graph_objects as go


class Settled(go.Figure):  # type: ignore[misc]
    """A figure of which what is sent to browsers is made once. Changes afterwards are not sent."""

    def __init__(self, figure: go.Figure) -> None:
        """Settle a figure as it is."""
        super().__init__(figure)
        self._sent: dict[str, Any] = figure.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """The figure as plotly writes it; the same object each time."""
        return self._sent
