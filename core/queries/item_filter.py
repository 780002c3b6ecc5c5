"""The filter of an item list and its sums."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.vocabulary import STAGES

RUNNING = ("ready", "future", "review")
"""Stages with a running deadline: items in other stages cannot expire."""


@dataclass(frozen=True)
class ItemFilter:
    """Filter of items; None leaves a condition out.

    The deadline is after `after` and not after `within`: PostgreSQL intervals from each marketplace's today.
    `without_value` selects items whose unit value is still unknown. `waits_for` are the parameters of the report gap
    (core.vocabulary.review_reasons.GAP) that puts items into Review.
    A `search` by id ignores every other condition except the channel, so that it finds an item in any stage.
    """

    channel: str | None
    stages: tuple[str, ...]
    marketplace: str | None = None
    category: str | None = None
    within: str | None = None
    search: str = ""
    currency: str | None = None
    after: str | None = None
    without_value: bool = False
    waits_for: tuple[str, ...] = ()

    def effective(self) -> "ItemFilter":
        """The filter as applied: a search by id ignores every other condition except the channel."""
        return ItemFilter(self.channel, tuple(STAGES), search=self.search) if self.search else self

    def values(self, account_ids: Sequence[int]) -> dict[str, object]:
        """The values that the queries bind."""
        gap = json.dumps([{"parameters": self.waits_for}])
        return {"account_ids": list(account_ids)} | asdict(self) | {"stages": list(self.stages), "waits_for": gap}
