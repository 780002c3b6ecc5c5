"""Which items a list and its sums are of."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.vocabulary import STAGES

RUNNING = ("ready", "future", "review")
"""The stages in which a deadline runs: nothing else can expire."""


@dataclass(frozen=True)
class ItemFilter:
    """Which items are meant; None leaves a condition out.

    The deadline is later than `after` and not later than `within`: PostgreSQL intervals from each marketplace's today.
    `without_value` are those of which nobody knows yet what a unit is worth. `waits_for` are the parameters of a gap in
    a report (core.vocabulary.review_reasons.GAP) that puts them into Review.
    A `search` by an id leaves out all conditions but the channel: what was looked for is found wherever it stands.
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
        """The filter as it is applied: a search by an id ignores every other condition."""
        return ItemFilter(self.channel, tuple(STAGES), search=self.search) if self.search else self

    def values(self, account_ids: Sequence[int]) -> dict[str, object]:
        """What the queries bind."""
        gap = json.dumps([{"parameters": self.waits_for}])
        return {"account_ids": list(account_ids)} | asdict(self) | {"stages": list(self.stages), "waits_for": gap}
