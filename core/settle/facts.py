"""The facts that settlement replays: events, finds, payments and case entries of one account, as the reports tell
them.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from core.vocabulary import CATEGORIES

OF_MONEY = frozenset(code for code, category in CATEGORIES.items() if category.is_of_money)
"""The categories in which an amount is owed and not units: payments settle them by money."""


CONTAINER = "order"
"""The kind of name that an order, a removal and a shipment have: a payment has one cell for all of them."""

GTIN_DIGITS = 14
"""GTINs of 12 and 13 digits are the same with zeros before them."""


@dataclass(frozen=True)
class Goods:
    """What a report row says of the goods that it is about. Empty where it does not say.

    `also_orders` are other names of the order: the one by which goods were sent again, Walmart's purchase orders.
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
        """The names by which the goods can be found, the surest first: the order or shipment that they were part of,
        then what the product is called: FNSKU or GTIN, SKU, ASIN.
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
        """What the product is called, the surest name first."""
        return tuple((self.channel, kind, name) for kind, name in self._product)

    @property
    def of_no_order(self) -> "Goods":
        """The same product, whatever order or shipment it was part of."""
        return replace(self, order_id="", shipment_id="", also_orders=())

    @property
    def is_of_an_order(self) -> bool:
        """Whether the order or the shipment that they were part of is named."""
        return bool(self.order_id or self.shipment_id)

    def is_same_as(self, other: "Goods") -> bool:
        """Whether they can be the same: neither order nor shipment differs where both name one, and the surest name
        of the product that both have is the same. Two that have no name in common are not told apart.
        """
        theirs = dict(other._product)
        mine = next(((kind, name) for kind, name in self._product if kind in theirs), None)
        is_same_product = mine is None or theirs[mine[0]] == mine[1]
        return self.channel == other.channel and self.is_of_same_order(other) and is_same_product

    def is_sibling_of(self, other: "Goods") -> bool:
        """Whether they are two products with one ASIN at the most: neither SKU nor FNSKU is the same."""
        return _differ(self.sku, other.sku) and _differ(self.fnsku, other.fnsku)

    def is_of_same_order(self, other: "Goods") -> bool:
        """Whether neither order nor shipment differs where both name one. A payment has one cell for both, so an order
        may be named where the other has a shipment.
        """
        if _differ(self.order_id, other.order_id):
            return other.order_id in self.also_orders or self.order_id in other.also_orders
        if self.order_id and other.shipment_id and not (self.shipment_id or other.order_id):
            return self.order_id == other.shipment_id
        if other.order_id and self.shipment_id and not (other.shipment_id or self.order_id):
            return other.order_id == self.shipment_id
        return not _differ(self.shipment_id, other.shipment_id)


_OF_ORDERS = tuple(code for code, category in CATEGORIES.items() if category.is_after_order)
"""What a payment that names a customer's order, and not for what, can be for."""


def _differ(one: str, other: str) -> bool:
    """Whether two names are both known and unlike."""
    return bool(one and other and one != other)


GOODS = tuple(column.name for column in fields(Goods) if not column.kw_only)
"""The columns that say what goods a row is about."""


@dataclass(frozen=True, slots=True)
class Event:
    """Units for which money may be owed, judged by the claim window in force on their date.

    `most_open`: the marketplace itself says that no more units than these are unreconciled. `doubts`: why a person
    must look (core.vocabulary.review_reasons), the most important first. `unit_value` is what a unit is worth while it
    is not paid, None where that is not known. `row_id` is the report row that it stands on, `made_by` the others that
    it was made of, `reduced_by` those that left less of it. `event_on` starts the clock of its claim window, and is
    None where no report tells it: `noted_on` then puts it in
    its place in history.
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
        """The day from which it can be paid or found: its clock date, else the day on which it was noted."""
        day = self.event_on or self.noted_on
        if day is None:
            raise ValueError(f"the event {self.item_id} has no day")
        return day


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

    `category` is None where the reason is not known, and `also` are other categories that the same reason pays for;
    `pays_any_category` marks Walmart's disputes, which do not say for what; `is_found_inventory` its rows that take
    back because units were found. One that is not `is_counted` does not say for how many units it is.
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
        """Whether it can pay for categories in which an amount is owed and not units."""
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
class Cash:
    """Cash that Amazon paid and that no row of its reimbursements tells. `document` says where it stands."""

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
    """Something in the reports that may explain units of the same goods which are open: the reason for Review that it
    gives (`doubt`) to so many units of some categories whose events lie between two days. `surplus` names the list of
    what is over that it belongs to, or is empty.
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
    """A SKU with an FNSKU or GTIN and an ASIN that some report names together, and the product that they are."""

    channel: str
    sku: str
    fnsku: str
    gtin: str
    asin: str
    product: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a unit of a SKU costs the seller to source, from a day on. An empty marketplace means all that use the
    currency.
    """

    sku: str
    marketplace: str
    currency: str
    unit_cost: Decimal
    valid_from: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one account."""

    account_id: int
    events: tuple[Event, ...] = ()
    finds: tuple[Find, ...] = ()
    payments: tuple[Payment, ...] = ()
    cases: tuple[CaseEntry, ...] = ()
    costs: tuple[Cost, ...] = ()
    cash: tuple[Cash, ...] = ()
    hints: tuple[Hint, ...] = ()
    products: tuple[Product, ...] = ()
