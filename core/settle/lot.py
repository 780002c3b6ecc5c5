"""The units of one item while history is replayed: how many are open, held by a case, paid, taken back, found again."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.settle.facts import OF_MONEY, CaseEntry, Event, Payment


@dataclass(slots=True)
class Part:
    """Units of one lot that one payment settled. `amount` is what they got together; inventory units get none.
    `topped_up` is what later payments that name it added.
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

    `number` says how many lots there were before it: the order in which their events happened.
    `rest` is the money of units that were paid in part, where an amount is owed (`is_of_money`) and not units.
    `doubts` are the reasons for Review, each with the units that it is about, the most important first.
    `currency` is empty while the marketplace of an event is not known and could be of several currencies: the first
    payment then tells it, so that amounts of two currencies never meet in one item.
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
        """The event that it is about; None for a payment that matches none."""
        return self.origin if isinstance(self.origin, Event) else None

    @property
    def units_held(self) -> int:
        """Units for which a case is open."""
        return sum(self.held.values())

    @property
    def units_denied(self) -> int:
        """Units that a case did not bring."""
        return sum(self.denied.values())

    @property
    def units_doubtful(self) -> int:
        """How many of its open units are in Review."""
        return min(self.open, sum(units for _, units in self.doubts))

    def doubt(self, reason: str, units: int) -> int:
        """Put up to `units` open units that are not in Review yet there; how many that were."""
        now = min(units, self.open - self.units_doubtful)
        if now > 0:
            self.doubts.append((reason, now))
        return max(now, 0)

    @property
    def detected(self) -> Decimal:
        """What was owed in all: paid, taken back, the rest of what was paid in part, and the value of what is neither
        paid nor in kind.
        """
        unpaid = self.open + self.units_held + self.units_denied
        return self.claimed_amount + self.reversed_amount + self.rest + unpaid * (self.unit_value or 0)

    @property
    def unit_value(self) -> Decimal | None:
        """What a unit is worth while it is not paid, where that is known."""
        return self.event.unit_value if self.event else None

    @property
    def is_settled(self) -> bool:
        """Whether no unit is left that could still be paid, found or claimed."""
        return not (self.open or self.held or self.denied)

    def had_expired(self, on: date) -> bool:
        """Whether its window had closed before a day."""
        return self.event is not None and self.event.deadline_on is not None and self.event.deadline_on < on

    def prove(self, role: str, row_id: UUID, units: int = 0, amount: Decimal = Decimal(0)) -> None:
        """Note a report row that made, reduced, settled or valued it."""
        before_units, before_amount = self.evidence[(role, row_id)]
        self.evidence[(role, row_id)] = (before_units + units, before_amount + amount)

    def take(self, wanted: int, case: CaseEntry | None, *, denied: bool = False) -> int:
        """Take up to `wanted` units out of those open (`case` None), held or denied by a case, and say how many that
        were.
        """
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
