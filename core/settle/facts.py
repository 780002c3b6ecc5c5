"""Input of settlement: the events, finds, payments and case entries of one account, as the reports have them."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from core.vocabulary import CATEGORIES

OF_MONEY = frozenset(code for code, category in CATEGORIES.items() if category.is_of_money)
"""The categories in which an amount is owed instead of units: payments settle them by money."""


CONTAINER = "order"
"""The name kind shared by orders, removals and shipments: a payment has one cell for all of them."""

GTIN_DIGITS = 14
"""GTINs of 12 and 13 digits equal the same digits with leading zeros."""


@dataclass(frozen=True)
class Goods:
    """The goods that a report row names; empty fields are unknown.

    `also_orders` are other names of the order: the order of a replacement, or Walmart's purchase orders.
    """

    channel: str
    sku: str = ""
    fnsku: str = ""
    asin: str = ""
    gtin: str = ""
    order_id: str = ""
    shipment_id: str = ""
    also_orders: tuple[str, ...] = field(default=(), kw_only=True)

    @cached_property
    def names(self) -> tuple[tuple[str, str, str], ...]:
        """The names by which the goods can be found, the most specific first: order or shipment, then FNSKU or GTIN,
        SKU, ASIN.
        """
        containers = (self.order_id, *self.also_orders, self.shipment_id)
        named = (*((CONTAINER, name) for name in containers), *self._product)
        return tuple((self.channel, kind, name) for kind, name in named if name)

    @cached_property
    def _product(self) -> tuple[tuple[str, str], ...]:
        gtin = self.gtin.zfill(GTIN_DIGITS) if self.gtin.isdigit() else self.gtin
        named = (("fnsku", self.fnsku), ("gtin", gtin), ("sku", self.sku), ("asin", self.asin))
        return tuple((kind, name) for kind, name in named if name)

    @cached_property
    def product_names(self) -> tuple[tuple[str, str, str], ...]:
        """The product's names, the most specific first."""
        return tuple((self.channel, kind, name) for kind, name in self._product)

    @property
    def of_no_order(self) -> "Goods":
        """The same product without its order and shipment."""
        return replace(self, order_id="", shipment_id="", also_orders=())

    @property
    def is_of_an_order(self) -> bool:
        """Whether an order or a shipment is named."""
        return bool(self.order_id or self.shipment_id)

    def is_same_as(self, other: "Goods") -> bool:
        """Whether the two can be the same goods.

        They can be unless order or shipment differs where both name one, or their most specific common product name
        differs. Goods without a common name can be the same.
        """
        theirs = dict(other._product)
        mine = next(((kind, name) for kind, name in self._product if kind in theirs), None)
        is_same_product = mine is None or theirs[mine[0]] == mine[1]
        return self.channel == other.channel and self.is_of_same_order(other) and is_same_product

    def shares_name_with(self, other: "Goods") -> bool:
        """Whether both name the same order, shipment or product; goods without a common name may be any."""
        return not set(self.names).isdisjoint(other.names)

    def is_sibling_of(self, other: "Goods") -> bool:
        """Whether they are different products that at most share an ASIN: neither SKU nor FNSKU is equal."""
        return _differ(self.sku, other.sku) and _differ(self.fnsku, other.fnsku)

    def is_of_same_order(self, other: "Goods") -> bool:
        """Whether neither order nor shipment differs where both name one. A payment has one cell for both, so its order
        may be the other's shipment.
        """
        if _differ(self.order_id, other.order_id):
            return other.order_id in self.also_orders or self.order_id in other.also_orders
        if self.order_id and other.shipment_id and not (self.shipment_id or other.order_id):
            return self.order_id == other.shipment_id
        if other.order_id and self.shipment_id and not (other.shipment_id or self.order_id):
            return other.order_id == self.shipment_id
        return not _differ(self.shipment_id, other.shipment_id)


_OF_ORDERS = tuple(code for code, category in CATEGORIES.items() if category.is_after_order)
"""The categories that a payment can pay if it names a customer's order without a clear reason."""


def _differ(one: str, other: str) -> bool:
    """Whether both names are known and different."""
    return bool(one and other and one != other)


GOODS = tuple(column.name for column in fields(Goods) if not column.kw_only)
"""The columns that identify goods."""


@dataclass(frozen=True, slots=True)
class Event:
    """Units for which money may be owed, with the claim window in force on their date.

    `most_open`: the marketplace itself reports that at most this many units are unreconciled. `doubts`: reasons for
    Review (core.vocabulary.review_reasons), the most important first. `unit_value`: value of an unpaid unit, None where
    unknown. `row_id`: the event's report row; `made_by`: other rows that created it; `reduced_by`: rows that reduced
    it. `event_on` starts the clock of its claim window, and is None where no report has it; then `noted_on` places the
    event in history.
    """

    item_id: UUID
    row_id: UUID
    category: str
    marketplace: str
    is_unassigned: bool
    currency: str
    event_on: date | None
    units: int
    goods: Goods
    noted_on: date | None = None
    made_by: tuple[UUID, ...] = ()
    reduced_by: tuple[UUID, ...] = ()
    opens_on: date | None = None
    deadline_on: date | None = None
    window_rule: str | None = None
    window_confidence: str | None = None
    most_open: int | None = None
    doubts: tuple[str, ...] = ()
    unit_value: Decimal | None = None
    value_basis: str = "unknown"
    value_row_id: UUID | None = None

    @property
    def since(self) -> date:
        """The first day on which it can be paid or found: its clock date, else the day on which it was noted."""
        day = self.event_on or self.noted_on
        if day is None:
            raise ValueError(f"the event {self.item_id} has no day")
        return day


@dataclass(frozen=True, slots=True)
class Find:
    """Lost units that were found again.

    `is_transfer`: Amazon's code N, which also books the unit of an inventory reimbursement. `currency` is that of its
    marketplace, empty where unknown.
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
    """A report row that pays money or units (positive) or takes them back (negative). The signs decide, not the name.

    `category` is None where the reason is unknown; `also` are further categories that the same reason pays.
    `pays_any_category` marks Walmart's disputes, which name no category; `is_found_inventory` marks its rows that take
    back because units were found. A payment that is not `is_counted` states no number of units.
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
    also: tuple[str, ...] = ()
    is_counted: bool = True

    @property
    def categories(self) -> Collection[str]:
        """The categories that it can pay for."""
        if self.pays_any_category:
            return _OF_ORDERS if self.goods.order_id else CATEGORIES
        return () if self.category is None else (self.category, *self.also)

    @property
    def may_be_of_money(self) -> bool:
        """Whether it can pay a category in which an amount is owed instead of units."""
        return not OF_MONEY.isdisjoint(self.categories)

    @property
    def is_reversal(self) -> bool:
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
        """The day from which the unpaid units that it holds count as denied; None while they may still be paid.

        An approved case that has not been paid yet holds its units.
        """
        if self.decision == "denied":
            return self.decided_on or self.closed_on or self.opened_on
        return None if self.decision == "approved" else self.closed_on

    def has_ended(self, on: date) -> bool:
        """Whether it had ended by the end of a day."""
        return self.ends_on is not None and self.ends_on <= on


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash that Amazon paid and its reimbursements report lacks. `document` is the report that has it."""

    row_id: UUID
    marketplace: str
    currency: str
    paid_on: date
    reason: str
    document: str
    amount: Decimal
    goods: Goods


@dataclass(frozen=True, slots=True)
class Hint:
    """A report entry that may explain open units of the same goods.

    It gives the reason for Review `doubt` to up to `units` units of some categories whose events are between two days.
    `surplus` names the kind of surplus that it is listed as, or is empty.
    """

    row_id: UUID
    doubt: str
    surplus: str
    categories: tuple[str, ...]
    marketplace: str
    from_on: date
    through_on: date
    happened_on: date
    units: int
    goods: Goods


@dataclass(frozen=True, slots=True)
class Product:
    """A SKU, an FNSKU or GTIN and an ASIN that a report names together, with their product."""

    channel: str
    sku: str
    fnsku: str
    gtin: str
    asin: str
    product: str


@dataclass(frozen=True, slots=True)
class Cost:
    """The seller's sourcing cost of a SKU's unit, from a day on. An empty marketplace: every marketplace with that
    currency.
    """

    sku: str
    marketplace: str
    currency: str
    unit_cost: Decimal
    valid_from: date


@dataclass(frozen=True, slots=True)
class Facts:
    """The complete input of one account."""

    account_id: int
    events: tuple[Event, ...] = ()
    finds: tuple[Find, ...] = ()
    payments: tuple[Payment, ...] = ()
    cases: tuple[CaseEntry, ...] = ()
    costs: tuple[Cost, ...] = ()
    cash: tuple[Cash, ...] = ()
    hints: tuple[Hint, ...] = ()
    products: tuple[Product, ...] = ()
