"""What happens to orders: sales, refunds, replacements, returns, Walmart's return orders, and cash that is paid."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.vocabulary import Marketplace
from loaders.demo.model.world import Goods, Payment

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sale:
    """Units of one product that a customer ordered, at a price per unit. Two products of one order are two sales.

    Shipping, gift wrap, the promotion, the tax and what was charged as commission and fulfilment fee are for all units.
    `line`, `shipment` and `centre` are Amazon's names of the order's line, of its parcel and of the warehouse it left;
    `is_elsewhere` marks goods that were sold in another shop and sent by Amazon (multi-channel fulfilment);
    `commission_saved` is Walmart's incentive.
    """

    at: datetime
    marketplace: Marketplace
    goods: Goods
    order_id: str
    purchase_order_id: str
    units: int
    price: Decimal
    ship_to: tuple[str, str, str]
    shipping: Decimal = Decimal(0)
    gift_wrap: Decimal = Decimal(0)
    promotion: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    commission: Decimal = Decimal(0)
    commission_saved: Decimal = Decimal(0)
    fulfilment_fee: Decimal = Decimal(0)
    line: str = ""
    shipment: str = ""
    centre: str = ""
    is_elsewhere: bool = False

    @property
    def principal(self) -> Decimal:
        """The price of all units."""
        return self.price * self.units


@dataclass(frozen=True)
class CustomerReturn:
    """A unit that came back to the warehouse; `comment` is the buyer's own text. `under_order` is set where it came
    back under the order of its replacement, `told_again_at` where a second export dates it otherwise.
    """

    at: datetime
    sale: Sale
    centre: str
    disposition: str
    reason: str
    plate: str
    comment: str
    under_order: str = ""
    status: str = "Unit returned to inventory"
    told_again_at: datetime | None = None


@dataclass(frozen=True)
class Refund:
    """What a customer got back for units of a sale, at once.

    `principal` has one amount for each row in which the marketplace writes it; `description` and `reason` are Walmart's
    words. `commission` is what the seller gets back of it, `kept` what Amazon keeps for its trouble. `is_reversed` says
    that the marketplace took the charge upon itself later. `kind` is Amazon's word; one that is not `is_counted` does
    not say for how many units it is.
    """

    at: datetime
    sale: Sale
    units: int
    principal: tuple[Decimal, ...]
    tax: Decimal = NOTHING
    shipping: Decimal = NOTHING
    commission: Decimal = NOTHING
    kept: Decimal = NOTHING
    adjustment_id: str = ""
    description: str = "Return Refund"
    reason: str = ""
    is_reversed: bool = False
    kind: str = "Refund"
    is_counted: bool = True

    @property
    def goods(self) -> Decimal:
        """What was refunded for the goods alone."""
        return sum(self.principal, NOTHING)


@dataclass(frozen=True)
class Replacement:
    """Units that were sent again, of the same goods or in exchange for them, under an order of their own."""

    at: datetime
    sale: Sale
    goods: Goods
    order_id: str
    units: int
    centre: str
    original_centre: str
    reason: str


@dataclass(frozen=True)
class ReturnOrder:
    """What Walmart knows of a return. `reason` is its own word; `back_at` is None for goods that never came back. One
    that `is_completed` says so although they did not.
    """

    return_order_id: str
    sale: Sale
    requested_at: datetime
    return_by_on: date
    reason: str
    units: int
    refund: Refund | None = None
    back_at: datetime | None = None
    replacement_order_id: str = ""
    is_keep_it: bool = False
    refund_channel: str = "InstantRefund"
    is_completed: bool = False

    @property
    def status_at(self) -> datetime:
        """When it last changed its state."""
        return self.back_at or self.requested_at


@dataclass(frozen=True)
class CashLine:
    """Money for a reimbursement in a settlement. `payment` is None for money that no reimbursement explains."""

    at: datetime
    marketplace: Marketplace
    description: str
    amount: Decimal
    sku: str
    order_id: str
    units: int
    names_marketplace: bool
    payment: Payment | None = None
