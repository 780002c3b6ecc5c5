"""The claim windows of the demo's truth.

Written from the marketplaces' own texts a second time, on purpose, and never imported from core: the truth tests core.
"""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.vocabulary import Channel, Marketplace

WAREHOUSE = ("inventory_lost", "inventory_damaged", "inventory_destroyed")
RETURNS = ("return_lost", "replacement_lost", "return_carrier_damaged", "refunded_more", "return_delayed")
SHIPMENTS = ("shipment_lost", "shipment_damaged")
REMOVALS = ("removal_lost", "removal_damaged")
FEES = ("referral_fee_overcharge", "fulfilment_fee_overcharge")

AUTOMATIC_PAYMENT = timedelta(days=7)
"""Days after an event in which Amazon may still pay automatically."""


@dataclass(frozen=True)
class Window:
    """A claim window: days from the clock's date to its first day, and days or calendar months to its last, inclusive.

    Without either it never closes. `is_confirmed` is False where the rule is not confirmed for this marketplace; after
    `sure_months` it is uncertain whether the window is still open.
    """

    opens: int
    days: int | None = None
    months: int | None = None
    is_confirmed: bool = True
    sure_months: int | None = None

    def first_day(self, clock_on: date) -> date:
        """The first day to claim."""
        return clock_on + timedelta(days=self.opens)

    def last_day(self, clock_on: date) -> date | None:
        """The last day to claim; None where the window never closes."""
        if self.months is not None:
            return months_after(clock_on, self.months)
        return clock_on + timedelta(days=self.days) if self.days is not None else None

    def is_sure(self, clock_on: date, today: date) -> bool:
        """Whether an open window is certainly open on a day."""
        is_recent = self.sure_months is None or today <= months_after(clock_on, self.sure_months)
        return self.is_confirmed and is_recent


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later, or that month's last day: 31 May and nine months is 28 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_NOT_CONFIRMED = ("AMAZON_CA",)
"""Canada's windows are assumed to be those of the United States."""


def window_of(category: str, marketplace: Marketplace) -> Window:
    """The window of a category in a marketplace of the demo: the United States, Canada, Britain, Germany and Japan."""
    if marketplace.channel is Channel.WALMART:
        return next((window for categories, window in _WALMART if category in categories), Window(0))
    table = {"EU": _EUROPE, "FE": _JAPAN}.get(marketplace.api_region, _AMERICA)
    window = next(window for categories, window in table if category in categories)
    return replace(window, is_confirmed=False) if marketplace.code in _NOT_CONFIRMED else window


_AMERICA = (
    ((*WAREHOUSE, "removal_damaged"), Window(0, days=60)),
    (RETURNS, Window(60, days=120)),
    (SHIPMENTS, Window(0, months=9)),
    (("removal_lost",), Window(15, days=75)),
    (FEES, Window(0, days=90)),
)
_EUROPE = (
    ((*WAREHOUSE, "removal_damaged"), Window(0, days=60)),
    (RETURNS, Window(45, days=105)),
    (SHIPMENTS, Window(0, months=9, sure_months=6)),
    (("removal_lost",), Window(15, days=75)),
    (FEES, Window(0, days=90)),
)
# some of Japan's are known from old copies only
_JAPAN = (
    (WAREHOUSE, Window(0, days=60)),
    (RETURNS, Window(45, days=105)),
    (SHIPMENTS, Window(0, months=9, is_confirmed=False)),
    (("removal_lost",), Window(15, days=75, is_confirmed=False)),
    (REMOVALS, Window(0, days=60, is_confirmed=False)),
    (FEES, Window(0, days=90, is_confirmed=False)),
)
# Walmart publishes no last day for its own warehouses
_WALMART = ((SHIPMENTS, Window(10, days=50)), (RETURNS, Window(0, days=45)), (FEES, Window(0, days=90)))


def may_be_paid_by_itself(category: str, marketplace: Marketplace, clock_on: date, today: date) -> bool:
    """Whether an automatic payment may still arrive: only for Amazon's warehouses and customer returns."""
    pays = marketplace.channel is Channel.AMAZON and category in (*WAREHOUSE, *RETURNS)
    return pays and today < clock_on + AUTOMATIC_PAYMENT
