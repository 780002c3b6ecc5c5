"""The facts of one seller. Reports and truth are both written from these facts, neither from the other."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from loaders.demo.model.consignments import InboundShipment, RemovalOrder
from loaders.demo.model.order_events import CashLine, CustomerReturn, Refund, Replacement, ReturnOrder, Sale
from loaders.demo.model.world import ClaimCase, Goods, Incident, Movement, Owed, Payment, Seller

HISTORY = timedelta(days=425)
"""The days that reports go back: about 14 months."""


@dataclass
class Facts:
    """The facts of one seller up to `today`."""

    seller: Seller
    today: date
    goods: tuple[Goods, ...]
    movements: list[Movement] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    cases: list[ClaimCase] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    returns: list[CustomerReturn] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    replacements: list[Replacement] = field(default_factory=list)
    return_orders: list[ReturnOrder] = field(default_factory=list)
    cash: list[CashLine] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    inbound: list[InboundShipment] = field(default_factory=list)
    removals: list[RemovalOrder] = field(default_factory=list)
    unexplained: list[Payment] = field(default_factory=list)

    @property
    def since(self) -> date:
        """The first day in the reports."""
        return self.today - HISTORY
