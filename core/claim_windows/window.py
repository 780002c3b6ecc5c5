"""A claim window: one rule, and the dates that it gives an event."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.vocabulary import Channel

RE_EVALUATION = "re_evaluation"
APPEAL = "appeal"
OTHER_DEADLINES: dict[str, tuple[Channel, ...]] = {RE_EVALUATION: (Channel.AMAZON,), APPEAL: (Channel.WALMART,)}
"""Deadlines that belong to no category of an item, with their channels: having an Amazon payment re-evaluated, and
appealing Walmart's denial. Rules name them as a category.
"""

CLOCKS: dict[str, str] = {
    "reported": "the day the marketplace reported it",
    "refund": "the customer's refund",
    "replacement_shipment": "the replacement's shipment",
    "delivery": "the delivery to the marketplace",
    "charge": "the day the fee was charged",
    "settlement": "the settlement date",
    "removal_shipment": "the removal's shipment",
    "removal_delivery": "the removal's delivery",
    "reimbursement": "the original reimbursement",
    "denial": "the denial",
}
"""The events that start a clock, in words."""


class Confidence(StrEnum):
    """The confidence in a rule."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class ClaimWindow:
    """One rule for one category. It applies to events from `valid_from` to `valid_to`, both inclusive, None for no
    bound.

    `rule` is unique. `category` is a code of the vocabulary or of OTHER_DEADLINES, `clock` one of CLOCKS. At most one
    of `closes_after_days` and `closes_after_months` is set; with neither, the window never closes. From `cut_on` on,
    claims of these events are accepted for `cut_after_days` only. From `doubtful_after_months` after the event on,
    sources differ on whether the window is still open.
    """

    rule: str
    channel: Channel
    marketplaces: tuple[str, ...]
    category: str
    clock: str
    opens_after_days: int
    closes_after_days: int | None
    closes_after_months: int | None
    valid_from: date | None
    valid_to: date | None
    source: str
    checked_on: date
    confidence: Confidence
    note: str
    cut_on: date | None = None
    cut_after_days: int | None = None
    doubtful_after_months: int | None = None

    def opens_on(self, event_on: date) -> date:
        """The first day on which an event of this date can be claimed."""
        return event_on + timedelta(days=self.opens_after_days)

    def deadline_on(self, event_on: date) -> date | None:
        """The last day, inclusive, on which an event of this date can be claimed; None if the window never closes."""
        closes_on = self._closes_on(event_on)
        if closes_on is None or self.cut_on is None or self.cut_after_days is None:
            return closes_on
        return min(closes_on, max(event_on + timedelta(days=self.cut_after_days), self.cut_on))

    def doubtful_from(self, event_on: date) -> date | None:
        """The day after which the sources differ on whether the window is still open; None where they agree."""
        months = self.doubtful_after_months
        return None if months is None else _months_after(event_on, months)

    def _closes_on(self, event_on: date) -> date | None:
        if self.closes_after_days is not None:
            return event_on + timedelta(days=self.closes_after_days)
        if self.closes_after_months is not None:
            return _months_after(event_on, self.closes_after_months)
        return None

    def is_in_force_on(self, event_on: date) -> bool:
        """Whether the rule applies to events of this date."""
        return (self.valid_from or date.min) <= event_on <= (self.valid_to or date.max)


def _months_after(day: date, months: int) -> date:
    """The same day some calendar months later, or the last day of a shorter month, as PostgreSQL adds an interval."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
