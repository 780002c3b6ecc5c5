"""The five lists of follow-ups: of which table each is, which of its rows, and in which order they are to be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.queries.days import FIRST_TODAY, TODAY

_EPOCH = date(2000, 1, 1)


@dataclass(frozen=True)
class FollowUpList:
    """A list: its rows `l` as SQL, and which of its columns are `computed`; the others are those of its table.

    `day` is by what it goes at first, from the oldest on or from the newest, and `amount` by what else: as the indexes
    have both (migrations 0026 and 0031). Of a list that `is_until`, nothing can be done any more after that day.
    """

    rows: str
    is_listed: str
    computed: Mapping[str, str]
    name: str
    amount: str
    day: str
    is_newest_first: bool
    searched: tuple[str, ...]
    is_until: bool = False

    @property
    def ranks(self) -> Mapping[str, str]:
        """What each rank is of a row, in SQL."""
        since = f"{self.day} - date '2000-01-01'"
        return {
            "day_rank": f"-({since})" if self.is_newest_first else since,
            "amount_rank": f"-{self.amount}",
            "account_id": "l.account_id",
            "name": f"{self.name}::text",
        }

    @property
    def indexed(self) -> Mapping[str, str]:
        """The same order, as the indexes have it."""
        day = f"{self.day} desc" if self.is_newest_first else self.day
        return {**self.ranks, "day_rank": day, "name": self.name}

    def still(self, *, with_passed: bool) -> str:
        """The condition of the rows for which it is not too late."""
        return f"{self.day} >= {FIRST_TODAY} and {self.day} >= {TODAY}" if self.is_until and not with_passed else "true"

    @property
    def not_before(self) -> str:
        """The condition of what comes not before the rows of `:after_day` when the list goes by day."""
        return f"{self.day} {'<=' if self.is_newest_first else '>='} :after_day"

    def day_of(self, rank: int) -> date:
        """The day that has this `day_rank`."""
        return _EPOCH + timedelta(days=-rank if self.is_newest_first else rank)


_PAID = """
    cross join lateral (
        select sum(e.amount) as paid
        from item_evidence as e
        where e.account_id = s.account_id and e.item_id = cast(s.item_id as uuid) and e.role = 'underpaid'
    ) as p
"""

LOOKED_UP: Mapping[str, tuple[str, str]] = {
    "account": ("a.name", "inner join account as a on a.account_id = s.account_id"),
    "file": ("f.file", "inner join source_file as f on f.account_id = s.account_id and f.file_id = s.file_id"),
    "paid": ("p.paid", _PAID),
    "sourcing_cost": ("trim_scale((p.paid + s.amount) / s.units)", _PAID),
}
"""Columns that are looked up for the rows `s` that are shown alone: what each is, and from where."""

_UNDERPAID = FollowUpList(
    "item as l inner join day as m on m.marketplace = l.marketplace",
    "l.units_underpaid > 0",
    {
        "item_id": "l.item_id::text",
        "units": "l.units_underpaid",
        "paid_on": "l.underpaid_on",
        "days_left": f"l.re_evaluation_until - {TODAY}",
    },
    name="l.item_id",
    amount="l.underpaid",
    # row security lets `case` reach an index, and not `coalesce`; what is never too late is behind all others
    day="(case when l.re_evaluation_until is null then '9999-12-31' else l.re_evaluation_until end)",
    is_newest_first=False,
    searched=("l.sku", "l.fnsku", "l.order_id"),
    is_until=True,
)


def _of_cash(side: str, *, is_newest_first: bool) -> FollowUpList:
    return FollowUpList(
        "cash_difference as l",
        f"l.side = '{side}'",
        {"row_id": "l.row_id::text"},
        name="l.row_id",
        amount="l.amount",
        day="l.moved_on",
        is_newest_first=is_newest_first,
        searched=("l.sku", "l.order_id", "l.document"),
    )


_WITHDRAWN = FollowUpList(
    "withdrawn_item as l",
    "true",
    {
        "item_id": "l.item_id::text",
        "order_or_shipment": "coalesce(nullif(l.order_id, ''), l.shipment_id)",
    },
    name="l.item_id",
    amount="l.detected",
    # whatever time zone the server keeps: an index can have no other day
    day="(l.withdrawn_at at time zone 'UTC')::date",
    is_newest_first=True,
    searched=("l.sku", "l.fnsku", "l.order_id", "l.shipment_id", "l.item_id::text"),
)

_SURPLUSES = FollowUpList(
    "surplus as l",
    "true",
    {"amount": "case when l.currency <> '' then l.amount end"},
    name="l.row_id",
    amount="l.amount",
    day="l.happened_on",
    is_newest_first=True,
    searched=("l.sku", "l.fnsku", "l.order_id", "l.shipment_id", "l.case_id"),
)

LISTS: Mapping[str, FollowUpList] = {
    "underpaid": _UNDERPAID,
    "approved_not_paid": _of_cash("approved", is_newest_first=False),
    "paid_not_reported": _of_cash("paid", is_newest_first=True),
    "withdrawn": _WITHDRAWN,
    "surpluses": _SURPLUSES,
}
"""What each is about: `reporting.underpaid` and so on (core/reporting)."""
