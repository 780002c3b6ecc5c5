"""Events of orders: sales, refunds, replacements, returns, Walmart's return orders, and cash payments."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.vocabulary import Marketplace
from loaders.demo.model.world import Goods, Payment

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sale:
    """Units of one product that a customer ordered, at a price per unit. Two products of one order are two sales.

    Shipping, gift wrap, the promotion, the tax, the commission and the fulfilment fee are for all units. `line`,
    `shipment` and `centre` are Amazon's names of the order line, its parcel and its warehouse; `is_elsewhere` marks
    goods sold in another shop and sent by Amazon (multi-channel fulfilment); `commission_saved` is Walmart's incentive.
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
    back under the order of its replacement, `told_again_at` where a second export has another date.
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
    """A refund to a customer for units of a sale.

    `principal` has one amount for each row in which the marketplace writes it; `description` and `reason` are Walmart's
    words. `commission` is returned to the seller, `kept` is Amazon's refund fee. `is_reversed`: the marketplace bore
    the charge later. `kind` is Amazon's word; a refund that is not `is_counted` has no number of units.
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
        """The refund for the goods alone."""
        return sum(self.principal, NOTHING)


@dataclass(frozen=True)
class Replacement:
    """Units sent as a replacement, of the same goods or other ones, under an order of their own."""

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
    """A return in Walmart's records. `reason` is Walmart's word; `back_at` is None for goods that never came back. With
    `is_completed` its status says completed although they did not.
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
        """When its state last changed."""
        return self.back_at or self.requested_at


@dataclass(frozen=True)
class CashLine:
    """Cash for a reimbursement in a settlement. `payment` is None for cash that no reimbursement explains."""

    at: datetime
    marketplace: Marketplace
    description: str
    amount: Decimal
    sku: str
    order_id: str
    units: int
    names_marketplace: bool
    payment: Payment | None = None
