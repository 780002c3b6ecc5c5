"""Meanings of the marketplaces' words for shipments, removals and goods. An unknown word has no meaning, and an item
that depends on it is doubtful.

Amazon's shipment statuses: its models of Fulfillment Inbound v0; dispositions: the help on the inventory ledger
(G4FKT5KQWFFJ7LDN). Walmart publishes no list of its statuses: those below were seen in its examples or are plausible.
Fault of a return: Walmart's guide "WFS customer returns reimbursement and dispute processes", whose reasons have the
spelling of its returns here; kinds of refunds: Amazon's settlements and Walmart's reconciliation reports.
"""

from dataclasses import dataclass

from core.vocabulary.marketplaces import Channel

SHIPMENT_STATUS = "shipment_status"
DISPOSITION = "disposition"
REMOVAL_TYPE = "removal_type"
FULFILMENT = "fulfilment"
REFUND = "refund"
RETURN_REASON = "return_reason"
RETURN_STATUS = "return_status"
RETURN_EVENT = "return_event"


@dataclass(frozen=True)
class ReportWord:
    """One word of a channel's reports about one subject; words are compared folded.

    Of a `shipment_status` the meaning is `not_sent` (planned or cancelled: nothing is owed), `on_the_way`, `receiving`
    or `closed`; of a `disposition` `sellable`, `damaged` (by the marketplace or a carrier) or `unsellable` (for the
    seller to bear); of a `removal_type` `sent` (to the seller or where the seller says) or `disposed` (it arrives
    nowhere).

    Of a `fulfilment` it is `marketplace` or `seller`: who sent the order; of a `refund` `return` (for goods that the
    customer sends back), `kept` (for goods that stay with the customer), `seller` (the seller's own decision) or
    `guarantee` (a claim or chargeback decided against the seller); of a `return_reason` `damaged`, `not_delivered` or
    `marketplace` (at the marketplace's fault) or `seller` (for the seller to bear); of a `return_status` `back` (the
    goods are there), `refunded` (which says nothing of the goods) or `paid` (the seller was reimbursed); of a
    `return_event`, which Walmart's delivery statuses and tracking events are, `back` or `not_back`.
    """

    channel: Channel
    subject: str
    word: str
    meaning: str


def _words(channel: Channel, subject: str, meaning: str, *words: str) -> tuple[ReportWord, ...]:
    return tuple(ReportWord(channel, subject, word, meaning) for word in words)


REPORT_WORDS: tuple[ReportWord, ...] = (
    *_words(Channel.AMAZON, SHIPMENT_STATUS, "not_sent", "WORKING", "READY_TO_SHIP", "CANCELLED", "DELETED", "ERROR"),
    *_words(Channel.AMAZON, SHIPMENT_STATUS, "on_the_way", "SHIPPED", "IN_TRANSIT"),
    *_words(Channel.AMAZON, SHIPMENT_STATUS, "receiving", "DELIVERED", "CHECKED_IN", "RECEIVING"),
    *_words(Channel.AMAZON, SHIPMENT_STATUS, "closed", "CLOSED"),
    *_words(Channel.WALMART, SHIPMENT_STATUS, "not_sent", "PENDING_SHIPMENT_DETAILS", "CANCELLED", "CANCELED"),
    *_words(Channel.WALMART, SHIPMENT_STATUS, "on_the_way", "AWAITING_DELIVERY", "IN_TRANSIT", "SHIPPED"),
    *_words(
        Channel.WALMART,
        SHIPMENT_STATUS,
        "receiving",
        "DELIVERED",
        "RECEIVING",
        "RECEIVING_IN_PROGRESS",
        "PARTIALLY_RECEIVED",
    ),
    *_words(Channel.WALMART, SHIPMENT_STATUS, "closed", "CLOSED"),
    *_words(Channel.AMAZON, DISPOSITION, "sellable", "SELLABLE"),
    *_words(Channel.AMAZON, DISPOSITION, "damaged", "WAREHOUSE_DAMAGED", "CARRIER_DAMAGED", "DAMAGED"),
    *_words(
        Channel.AMAZON,
        DISPOSITION,
        "unsellable",
        "CUSTOMER_DAMAGED",
        "DISTRIBUTOR_DAMAGED",
        "DEFECTIVE",
        "EXPIRED",
        "UNSELLABLE",
    ),
    *_words(Channel.AMAZON, REMOVAL_TYPE, "sent", "Return", "Return to Vendor"),
    *_words(Channel.AMAZON, REMOVAL_TYPE, "disposed", "Disposal", "Liquidations", "Liquidation", "Donation"),
    *_words(Channel.AMAZON, FULFILMENT, "marketplace", "AFN", "Amazon"),
    *_words(Channel.AMAZON, FULFILMENT, "seller", "MFN", "Merchant"),
    *_words(Channel.WALMART, FULFILMENT, "marketplace", "Walmart Fulfilled", "WFS", "WFSFulfilled"),
    *_words(Channel.WALMART, FULFILMENT, "seller", "Seller Fulfilled"),
    *_words(Channel.AMAZON, REFUND, "return", "Refund", "Order_Retrocharge", "Refund_Retrocharge"),
    *_words(Channel.AMAZON, REFUND, "guarantee", "A-to-z Guarantee Refund", "Chargeback Refund"),
    *_words(Channel.WALMART, REFUND, "return", "Return Refund", "WFS Refund", "Refund"),
    *_words(Channel.WALMART, REFUND, "kept", "Keep-it refund"),
    *_words(
        Channel.WALMART,
        REFUND,
        "seller",
        "Seller Initiated Returns",
        "Seller Initiated Refund",
        "Seller Triggered Refund",
    ),
    *_words(
        Channel.WALMART,
        RETURN_REASON,
        "damaged",
        "DAMAGED",
        "ARRIVED_DAMAGED",
        "ITEM_DAMAGED",
        "DAMAGED_IN_TRANSIT",
        "damaged in transit to customer",
        "SHIPPING_BOX_DAMAGED",
        "DAMAGED_SHIPPING_BOX",
        "CARRIER_DAMAGED",
        "DAMAGED_BY_CARRIER",
    ),
    *_words(
        Channel.WALMART,
        RETURN_REASON,
        "not_delivered",
        "LOST_IN_TRANSIT",
        "lost in transit to customer",
        "UNABLE_TO_DELIVER",
        "UNDELIVERABLE",
        "LOST_AFTER_DELIVERY",
        "LOST_IN_STORE",
        "item lost in store",
        "FAILED_DELIVERY",
        "NEVER_ARRIVED",
        "ITEM_NOT_RECEIVED",
    ),
    *_words(
        Channel.WALMART,
        RETURN_REASON,
        "marketplace",
        "ARRIVED_LATE",
        "INCORRECT_ITEM",
        "incorrect item received",
        "RECEIVED_INCORRECT_ITEM",
        "WRONG_ITEM",
        "WRONG_ITEM_RECEIVED",
    ),
    *_words(
        Channel.WALMART,
        RETURN_REASON,
        "seller",
        "POOR_QUALITY",
        "MISSING_PARTS",
        "NOT_AS_DESCRIBED",
        "DEFECTIVE",
        "SIZE",
        "WRONG_SIZE",
        "TOO_SMALL",
        "TOO_LARGE",
        "COLOR",
        "COLOUR",
        "WRONG_COLOR",
        "DOES_NOT_FIT",
        "NO_LONGER_NEEDED",
        "NO_LONGER_WANTED",
        "CHANGED_MIND",
        "BETTER_PRICE",
        "SELLER_ISSUED_REFUND",
        "KEEP_IT",
    ),
    *_words(Channel.AMAZON, RETURN_STATUS, "paid", "Reimbursed"),
    *_words(Channel.WALMART, RETURN_STATUS, "back", "DELIVERED"),
    *_words(Channel.WALMART, RETURN_STATUS, "refunded", "COMPLETED"),
    *_words(
        Channel.WALMART,
        RETURN_EVENT,
        "back",
        "DELIVERED",
        "DELIVERED_AFTER_INVOICE",
        "DELIVERED_AT_RETURN_CENTER",
        "DELIVERED_TO_RETURN_CENTER",
        "DELIVERED_AT_STORE",
        "RECEIVED_AT_RETURN_CENTER",
    ),
    *_words(
        Channel.WALMART,
        RETURN_EVENT,
        "not_back",
        "INTRANSIT_AFTER_INVOICE",
        "IN_TRANSIT",
        "NOT_DELIVERED",
        "NOT_SHIPPED",
        "REFUND_ISSUED",
        "RETURN_CANCELLED",
        "RETURN_INITIATED",
        "RETURN_IN_TRANSIT",
    ),
)
"""The words of reports that detectors judge by."""
