"""Lots: the units of one item during the replay, as open, held by a case, paid, reversed or found."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.settle.facts import OF_MONEY, CaseEntry, Event, Payment


@dataclass(slots=True)
class Part:
    """Units of one lot that one payment settled. `amount` is their total; inventory units get none. `topped_up` is the
    total of later payments that name it.
    """

    payment: Payment
    lot: "Lot"
    units: int
    amount: Decimal
    is_cash: bool
    topped_up: Decimal = Decimal(0)


@dataclass(slots=True, eq=False)
class Lot:
    """The units of one event, or of one payment that matches no event.

    `number` is the number of earlier lots: the order of the events. `rest` is the unpaid money of partly paid units,
    where an amount is owed (`is_of_money`) instead of units. `doubts` are the reasons for Review, each with its units,
    the most important first. `currency` is empty while the event's marketplace is unknown and several currencies are
    possible: the first payment sets it, so one item never mixes two currencies.
    """

    item_id: UUID
    number: int
    origin: Event | Payment
    open: int
    units: int
    note: str = ""
    currency: str = ""
    claimed: int = 0
    reversed: int = 0
    in_kind: int = 0
    reversed_on: date | None = None
    claimed_amount: Decimal = Decimal(0)
    reversed_amount: Decimal = Decimal(0)
    rest: Decimal = Decimal(0)
    units_underpaid: int = 0
    underpaid: Decimal = Decimal(0)
    re_evaluation_until: date | None = None
    underpaid_on: date | None = None
    held: dict[CaseEntry, int] = field(default_factory=dict)
    denied: dict[CaseEntry, int] = field(default_factory=dict)
    last_case: str | None = None
    doubts: list[tuple[str, int]] = field(default_factory=list)
    evidence: dict[tuple[str, UUID], tuple[int, Decimal]] = field(
        default_factory=lambda: defaultdict(lambda: (0, Decimal(0)))
    )
    is_of_money: bool = field(init=False)

    def __post_init__(self) -> None:
        self.currency = self.origin.currency
        self.is_of_money = self.origin.category in OF_MONEY

    @property
    def event(self) -> Event | None:
        """Its event; None for a payment that matches none."""
        return self.origin if isinstance(self.origin, Event) else None

    @property
    def units_held(self) -> int:
        """Units held by an open case."""
        return sum(self.held.values())

    @property
    def units_denied(self) -> int:
        """Units that a case was denied."""
        return sum(self.denied.values())

    @property
    def units_doubtful(self) -> int:
        """Open units in Review."""
        return min(self.open, sum(units for _, units in self.doubts))

    def doubt(self, reason: str, units: int) -> int:
        """Put up to `units` open units that are not in Review yet into Review; returns how many."""
        now = min(units, self.open - self.units_doubtful)
        if now > 0:
            self.doubts.append((reason, now))
        return max(now, 0)

    @property
    def detected(self) -> Decimal:
        """The total owed: paid, reversed, the rest of partly paid units, and the value of units neither paid nor
        settled in kind.
        """
        unpaid = self.open + self.units_held + self.units_denied
        return self.claimed_amount + self.reversed_amount + self.rest + unpaid * (self.unit_value or 0)

    @property
    def unit_value(self) -> Decimal | None:
        """The value of an unpaid unit, where known."""
        return self.event.unit_value if self.event else None

    @property
    def is_settled(self) -> bool:
        """Whether no unit can still be paid, found or claimed."""
        return not (self.open or self.held or self.denied)

    def had_expired(self, on: date) -> bool:
        """Whether its window had closed before a day."""
        return self.event is not None and self.event.deadline_on is not None and self.event.deadline_on < on

    def prove(self, role: str, row_id: UUID, units: int = 0, amount: Decimal = Decimal(0)) -> None:
        """Record a report row that created, reduced, settled or valued it."""
        before_units, before_amount = self.evidence[(role, row_id)]
        self.evidence[(role, row_id)] = (before_units + units, before_amount + amount)

    def take(self, wanted: int, case: CaseEntry | None, *, denied: bool = False) -> int:
        """Take up to `wanted` units, either open (`case` None) or held or denied by a case; returns how many."""
        if case is None:
            taken = min(wanted, self.open)
            self.open -= taken
            return taken
        pool = self.denied if denied else self.held
        taken = min(wanted, pool.get(case, 0))
        if taken:
            pool[case] -= taken
            if not pool[case]:
                del pool[case]
        return taken
