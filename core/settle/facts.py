"""The facts that settlement replays: events, finds, payments and case entries of one account, as the reports tell
them.
"""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID


@dataclass(frozen=True)
class Goods:
    """What a report row says of the goods that it is about. Empty where it does not say."""

    channel: str
    sku: str = ""
    fnsku: str = ""
    asin: str = ""
    gtin: str = ""
    order_id: str = ""
    shipment_id: str = ""

    def as_columns(self) -> dict[str, str]:
        """What is said, by the names of the columns that hold it."""
        return {column: getattr(self, column) for column in GOODS}

    @cached_property
    def names(self) -> tuple[tuple[str, str, str], ...]:
        """The names by which the goods can be found, the surest first: FNSKU or GTIN, SKU, ASIN, order, shipment."""
        named = (
            ("fnsku", self.fnsku),
            ("gtin", self.gtin),
            ("sku", self.sku),
            ("asin", self.asin),
            ("order", self.order_id),
            ("shipment", self.shipment_id),
        )
        return tuple((self.channel, kind, name) for kind, name in named if name)

    def is_same_as(self, other: "Goods") -> bool:
        """Whether the surest name that both have is the same. Two that have no name in common are not told apart."""
        theirs = {kind: name for _, kind, name in other.names}
        mine = next((entry for entry in self.names if entry[1] in theirs), None)
        return self.channel == other.channel and (mine is None or theirs[mine[1]] == mine[2])


GOODS = tuple(field.name for field in fields(Goods))
"""The columns that say what goods a row is about."""


@dataclass(frozen=True, slots=True)
class Event:
    """Units for which money may be owed, judged by the claim window in force on their date.

    `most_open`: the marketplace itself says that no more units than these are unreconciled. `doubt`: why a person
    must look. `unit_value` is what a unit is worth while it is not paid, None where that is not known.
    """

    item_id: UUID
    row_id: UUID
    category: str
    marketplace: str
    is_unassigned: bool
    currency: str
    event_on: date
    units: int
    goods: Goods
    opens_on: date | None = None
    deadline_on: date | None = None
    window_rule: str | None = None
    window_confidence: str | None = None
    most_open: int | None = None
    doubt: str = ""
    unit_value: Decimal | None = None
    value_basis: str = "unknown"
    value_row_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """Lost units that were found again. `is_transfer`: Amazon's code N, which also books the unit of an inventory
    reimbursement. `currency` is that of its marketplace, empty where that is not known.
    """

    row_id: UUID
    marketplace: str
    found_on: date
    units: int
    goods: Goods
    currency: str = ""
    is_transfer: bool = False
    is_unassigned: bool = False


@dataclass(frozen=True, slots=True)
class Payment:
    """A report row by which money or units were paid (positive) or taken back (negative): the signs decide, not the
    name.

    `category` is None where the reason is not known; `pays_any_category` marks Walmart's disputes, which do not say
    for what; `is_found_inventory` its rows that take back because units were found.
    """

    row_id: UUID
    reimbursement_id: str
    marketplace: str
    is_unassigned: bool
    currency: str
    paid_on: date
    case_id: str
    reason: str
    category: str | None
    pays_any_category: bool
    is_found_inventory: bool
    goods: Goods
    units_cash: int
    units_inventory: int
    amount: Decimal
    original_reimbursement_id: str = ""

    @property
    def takes_back(self) -> bool:
        """Whether it takes money or units away."""
        return self.amount < 0 or self.units_cash < 0 or (self.units_inventory < 0 and self.amount == 0)

    @property
    def units(self) -> int:
        """Cash and inventory units together."""
        return self.units_cash + self.units_inventory


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One row of a case file: a case, and one of the goods it was filed for."""

    row_id: UUID
    case_id: str
    marketplace: str
    currency: str
    opened_on: date
    category: str
    goods: Goods
    claimed_units: int | None
    claimed_amount: Decimal | None
    decision: str
    decided_on: date | None
    closed_on: date | None
    note: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The case that it belongs to."""
        return (self.marketplace, self.case_id)

    @property
    def ends_on(self) -> date | None:
        """The day from which units that it holds and that are not paid count as denied; None while they may still be
        paid.

        An approved case that has not been paid yet holds its units.
        """
        if self.decision == "denied":
            return self.decided_on or self.closed_on or self.opened_on
        return None if self.decision == "approved" else self.closed_on

    def has_ended(self, on: date) -> bool:
        """Whether it had ended by a day, that day included."""
        return self.ends_on is not None and self.ends_on <= on


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one account."""

    account_id: int
    events: tuple[Event, ...] = ()
    finds: tuple[Find, ...] = ()
    payments: tuple[Payment, ...] = ()
    cases: tuple[CaseEntry, ...] = ()
