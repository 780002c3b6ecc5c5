"""The entities of the simulated world: sellers, goods, stock movements, payments, cases, and amounts owed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Literal

from core.vocabulary import Channel, Marketplace


@dataclass(frozen=True)
class Seller:
    """An account, and how it exports its reports.

    `size` is its number of incidents relative to the average account's. `shows_reconciled`: the ledger's reconciled
    quantities are filled; `overlaps`: some ledger exports overlap. `encoding` is that of all of its text reports except
    returns, which have their own. `misses_returns` names the returns that were never exported: those of two months, of
    the last weeks, or of Europe; `tracks_removals`: its delivery file has every parcel of a removal that arrived.
    """

    code: str
    name: str
    theme: str
    marketplaces: tuple[Marketplace, ...]
    size: float
    ledger: Literal["tab", "quoted", "unspaced"] = "tab"
    shows_reconciled: bool = True
    overlaps: bool = False
    files_per: Literal["month", "quarter"] = "month"
    reimbursements: Literal["full", "decimal comma"] = "full"
    returns_encoding: Literal["utf-8", "cp1252", "cp932"] = "utf-8"
    encoding: Literal["utf-8", "cp932"] = "utf-8"
    misses_returns: Literal["", "two months", "the last weeks", "Europe"] = ""
    tracks_removals: bool = False


@dataclass(frozen=True)
class Goods:
    """One product of a seller: its names on the marketplaces, its price and its sourcing cost per currency.

    `costs` are (valid from, cost) by currency, oldest first; `cost_is_known`: the seller told Recoup.
    """

    sku: str
    title: str
    fnsku: str
    asin: str
    gtin: str
    department: str
    prices: dict[str, Decimal]
    costs: dict[str, tuple[tuple[date, Decimal], ...]]
    cost_is_known: bool

    def cost_on(self, day: date, currency: str) -> Decimal:
        """The sourcing cost of one unit on a day."""
        return [cost for valid_from, cost in self.costs[currency] if valid_from <= day][-1]


class Kind(Enum):
    """The kind of a stock movement."""

    RECEIPT = "receipt"
    SALE = "sale"
    RETURN = "return"
    LOST = "lost"
    FOUND = "found"
    DAMAGED = "damaged"
    RECLASSIFIED = "reclassified"
    DISPOSED = "disposed of"
    REMOVED = "removed"
    TRANSFERRED = "transferred"
    ADJUSTED = "adjusted for a reason that nobody documents"
    UNKNOWN = "of a kind that nobody documents"


@dataclass
class Movement:
    """Units that entered, left or changed their state in a warehouse: one line of the marketplace's inventory records.

    `at` is in the marketplace's time zone; `number` is unique, `reference` its transaction or shipment; `reason` and
    `disposition` are the marketplace's own words; `reconciled` says when how many of the units were explained (found or
    paid); `names_country`: the report has the country.
    """

    at: datetime
    marketplace: Marketplace
    goods: Goods
    kind: Kind
    units: int
    centre: str
    number: str
    reference: str = ""
    reason: str = ""
    disposition: str = "SELLABLE"
    reconciled: list[tuple[date, int]] = field(default_factory=list)
    names_country: bool = True

    @property
    def on(self) -> date:
        """The marketplace's day."""
        return self.at.date()


@dataclass
class Payment:
    """A payment of the marketplace (`cash` units), a replacement (`inventory` units) or a reversal (negative units).

    `per_unit` is in the marketplace's currency; `original` is the payment that is reversed or topped up. A payment that
    is not `is_counted` has no number of units in the report.
    """

    at: datetime
    marketplace: Marketplace
    goods: Goods
    reason: str
    reimbursement_id: str
    per_unit: Decimal
    cash: int
    inventory: int = 0
    case_id: str = ""
    order_id: str = ""
    original: "Payment | None" = None
    is_counted: bool = True

    @property
    def amount(self) -> Decimal:
        """The money, negative for a reversal."""
        return self.per_unit * self.cash


class Fate(StrEnum):
    """The final state of a lost or damaged unit."""

    OPEN = "open"
    FOUND = "found"
    RECONCILED = "reconciled"
    REPLACED = "replaced"
    PAID = "paid"
    RETURNED_TO_STOCK = "paid, then found and taken back"
    TAKEN_BACK = "paid, then taken back"
    IN_CASE = "in an open case"
    DENIED = "denied"


@dataclass
class Part:
    """Units of an incident with one fate, and the payment for each."""

    units: int
    fate: Fate
    per_unit: Decimal = Decimal(0)


@dataclass
class Owed:
    """Units of one product for which money may be owed.

    `happened_on` is the day in the world; `clock_on` starts the claim window, None where no report or file has it.
    `parts` add up to `units`; a trap without an event has none. `unit_value` is the value of a unit by the rules, None
    where the reports lack it; `cost` is the seller's sourcing cost of a returned unit, below which a payment is too
    low; `is_placed`: the reports have the marketplace; `beside` are payments for it that settle no unit.
    """

    marketplace: Marketplace
    goods: Goods
    category: str
    units: int
    happened_on: date
    clock_on: date | None
    reference: str = ""
    order_id: str = ""
    shipment_id: str = ""
    decoy: str = ""
    is_doubtful: bool = False
    case_id: str = ""
    unit_value: Decimal | None = None
    cost: Decimal | None = None
    is_placed: bool = True
    beside: Decimal = Decimal(0)
    parts: list[Part] = field(default_factory=list)

    def end(self, fate: Fate, units: int | None = None, per_unit: Decimal = Decimal(0)) -> None:
        """Give all of its units, or so many, a fate."""
        self.parts.append(Part(self.units if units is None else units, fate, per_unit))

    def return_one(self) -> None:
        """Of the units that were just paid, one returns to stock and the others stay paid."""
        paid = self.parts.pop()
        self.end(Fate.RETURNED_TO_STOCK, 1, paid.per_unit)
        if paid.units > 1:
            self.end(Fate.PAID, paid.units - 1, paid.per_unit)


@dataclass(kw_only=True)
class Incident(Owed):
    """Units lost or damaged at once in a warehouse: one line of its records."""

    line: Movement


def incident_of(line: Movement, category: str, decoy: str = "", *, is_doubtful: bool = False) -> Incident:
    """The incident of a line. Amazon names its own transaction, Walmart the entry in its log."""
    is_valued = line.goods.cost_is_known and line.names_country
    return Incident(
        marketplace=line.marketplace,
        goods=line.goods,
        category=category,
        units=-line.units,
        happened_on=line.on,
        clock_on=line.on,
        reference=line.reference if line.marketplace.channel is Channel.AMAZON else line.number,
        decoy=decoy,
        is_doubtful=is_doubtful,
        unit_value=line.goods.cost_on(line.on, line.marketplace.currency) if is_valued else None,
        is_placed=line.names_country,
        line=line,
    )


@dataclass
class ClaimCase:
    """A row of the seller's case file. `decision` is empty, `approved`, `partially_approved` or `denied`."""

    case_id: str
    marketplace: Marketplace
    opened_on: date
    category: str
    goods: Goods
    claimed_units: int
    claimed_amount: Decimal
    decision: str = ""
    decided_on: date | None = None
    closed_on: date | None = None
    note: str = ""
    order_id: str = ""
    shipment_id: str = ""
