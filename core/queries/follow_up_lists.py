"""The five lists of follow-ups: the table, rows and sort order of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.queries.days import FIRST_TODAY, TODAY

_EPOCH = date(2000, 1, 1)


@dataclass(frozen=True)
class FollowUpList:
    """A list: SQL of its rows (alias `l`) and of its `computed` columns; the other columns come from its table.

    The list sorts by `day`, oldest or newest first, and by `amount`, as the indexes do (migrations 0026 and 0031).
    If it `is_until`, it is too late to act on a row after its day.
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
        """SQL expression of each rank."""
        since = f"{self.day} - date '2000-01-01'"
        return {
            "day_rank": f"-({since})" if self.is_newest_first else since,
            "amount_rank": f"-{self.amount}",
            "account_id": "l.account_id",
            "name": f"{self.name}::text",
        }

    @property
    def indexed(self) -> Mapping[str, str]:
        """SQL of the same order, as the indexes have it."""
        day = f"{self.day} desc" if self.is_newest_first else self.day
        return {**self.ranks, "day_rank": day, "name": self.name}

    def still(self, *, with_passed: bool) -> str:
        """SQL condition: it is not too late for a row."""
        return f"{self.day} >= {FIRST_TODAY} and {self.day} >= {TODAY}" if self.is_until and not with_passed else "true"

    @property
    def not_before(self) -> str:
        """SQL condition: a row does not come before those of `:after_day` when sorted by day."""
        return f"{self.day} {'<=' if self.is_newest_first else '>='} :after_day"

    def day_of(self, rank: int) -> date:
        """The day of a `day_rank`."""
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
"""Columns looked up only for the shown rows `s`: SQL of each, and the join that it needs."""

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
    # under row security `case` can use an index and `coalesce` cannot; rows without an end sort last
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
    # in UTC whatever the server's time zone is, because an index needs a day that does not depend on it
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
"""The lists by name; `reporting.underpaid` and so on say what is in each (core/reporting)."""
