"""Known words of reports that no rule judges. A word in none of the registries is listed as unknown
(`reporting.unknown_words`), so that every new word of a marketplace is noticed.

Amazon's event types: help G4FKT5KQWFFJ7LDN. Statuses of returns: help 200453320. Transaction types and amounts of
settlements, of which Amazon publishes no list: reports in public code, and Webgility's help "Amazon Settlement Report
Fee Groups and Fee Names" of 26 October 2025. Statuses of removal orders and types of transactions: background.
Walmart's words: its reconciliation guide and OpenAPI, and real reports in public code.
"""

from core.vocabulary.marketplaces import Channel
from core.vocabulary.reasons import fold
from core.vocabulary.words import RETURN_STATUS, ReportWord

EVENT_TYPE = "event_type"
REMOVAL_STATUS = "removal_status"
TRANSACTION_TYPE = "transaction_type"
AMOUNT = "amount"
AMOUNT_TYPE = "amount_type"
RETURN_PROGRESS = "return_progress"

_KNOWN = "known"


def _known(channel: Channel, subject: str, *words: str) -> tuple[ReportWord, ...]:
    spelled = {fold(word): word for word in words}  # layouts spell some words in two ways that fold to one
    return tuple(ReportWord(channel, subject, word, _KNOWN) for word in spelled.values())


_TAXES = tuple(
    f"{kind}-{part}"
    for kind in ("MarketplaceFacilitatorTax", "MarketplaceFacilitatorVAT", "LowValueGoodsTax")
    for part in ("Principal", "Shipping", "Giftwrap", "RestockingFee", "Other")
)

KNOWN_WORDS: tuple[ReportWord, ...] = (
    *_known(
        Channel.AMAZON,
        EVENT_TYPE,
        *("Receipts", "Receipt", "Shipments", "Shipment", "CustomerReturns", "CustomerReturn", "VendorReturns"),
        *("VendorReturn", "WhseTransfers", "WhseTransfer", "Adjustments", "Adjustment"),
    ),
    *_known(Channel.WALMART, EVENT_TYPE, "Receipt", "Adjustment", "Ship", "Return"),
    ReportWord(Channel.AMAZON, RETURN_STATUS, "Unit returned to inventory", "back"),
    ReportWord(Channel.AMAZON, RETURN_STATUS, "Repackaged Successfully", "back"),
    *_known(
        Channel.WALMART,
        RETURN_PROGRESS,
        *("INITIATED", "DELIVERED", "COMPLETED", "REFUND_INITIATED", "REFUND_COMPLETED", "IN_TRANSIT"),
        *("NOT_DELIVERED", "CANCELLED"),
    ),
    *_known(
        Channel.AMAZON,
        REMOVAL_STATUS,
        *("Completed", "Pending", "Planning", "Processing", "In Process", "Cancelled", "Canceled"),
    ),
    *_known(
        Channel.AMAZON,
        TRANSACTION_TYPE,
        *("Order", "Refund", "other-transaction", "Adjustment", "Shipment", "ServiceFee", "Service Fee", "Transfer"),
        *("Chargeback Refund", "A-to-z Guarantee Refund", "Fulfillment Fee Refund", "Order_Retrocharge"),
        *("Refund_Retrocharge", "Liquidations", "CouponRedemptionFee", "AmazonFees", "Guarantee Claim", "Chargeback"),
        *("Previous Reserve Amount Balance", "Current Reserve Amount", "Storage Fee", "StorageRenewalBilling"),
        *("Subscription Fee", "RemovalComplete", "DisposalComplete", "BalanceAdjustment", "Balance Adjustment"),
        *("FBAInboundTransportationFee", "ShippingServices", "ShippingServicesRefund", "NonSubscriptionFeeAdj"),
        *("Successful charge", "Payable to Amazon", "TransactionTotalAmount", "Refund Reimbursal", "ProductAdsPayment"),
        *("DebtRecovery", "SAFE-T Reimbursement", "Reserve", "Retrocharge"),
    ),
    *_known(
        Channel.AMAZON,
        AMOUNT_TYPE,
        *("ItemPrice", "ItemFees", "Shipment-Fees", "Order-Fees", "Promotion", "other-transaction", "ItemWithheldTax"),
        *("FBA Inventory Reimbursement", "Cost of Advertising", "CouponRedemptionFee", "Vine Enrollment Fee"),
        *("Deal Participation Fee", "Deal Performance Fee", "DirectPayment"),
    ),
    *_known(
        Channel.AMAZON,
        AMOUNT,
        *("Principal", "Tax", "Shipping", "ShippingTax", "GiftWrap", "GiftWrapTax", "Goodwill", "RestockingFee"),
        *("ReturnShipping", "ExportCharge", "Commission", "RefundCommission", "FBAPerUnitFulfillmentFee"),
        *("FBAPerOrderFulfillmentFee", "FBAWeightBasedFee", "FBATransportationFee", "FBACustomerReturnPerUnitFee"),
        *("FBACustomerReturnPerOrderFee", "FBACustomerReturnWeightBasedFee", "ShippingChargeback", "ShippingHB"),
        *("GiftwrapChargeback", "FixedClosingFee", "VariableClosingFee", "DigitalServicesFee", "SalesTaxServiceFee"),
        *("Storage Fee", "StorageRenewalBilling", "LowInventoryLevelFee", "Subscription Fee", "RemovalComplete"),
        *("DisposalComplete", "FBAInboundTransportationFee", "ShippingServices", "ShippingServicesRefund"),
        *("Shipping label purchase", "Manual Processing Fee", "Manual Processing Fee Reimbursement"),
        *("Previous Reserve Amount Balance", "Current Reserve Amount", "Successful charge", "Failed Disbursement"),
        *("TransactionTotalAmount", "Balance Adjustment", "Adjustment", "NonSubscriptionFeeAdj"),
        *("Merchant Bad Debt", "Amazon Capital Services", "Additional Other Expenses", "LightningDealFee Special"),
        *("Refund Reimbursal", "CouponRedemptionFee", "Base Tax", "Inbound Transportation Fee", "Promotion"),
        "Multi-Channel Fulfillment Brand-Neutral Box Fee",
        *_TAXES,
    ),
    *_known(
        Channel.WALMART,
        TRANSACTION_TYPE,
        *("Sale", "Refund", "Adjustment", "Service Fee", "Campaigns", "PaymentSummary", "Reserve", "Release Reserve"),
        *("Dispute", "Misc Adjustment", "Other"),
    ),
    *_known(
        Channel.WALMART,
        AMOUNT,
        *("Purchase", "Sale", "WFS ReceivingErrorChargeBack", "WFS Return Processing Fee", "WFS Return Shipping fee"),
        *("WFS Returned Item Disposal Fee", "WFS RC_InventoryDisposalFee", "WFS InventoryRemovalOrder"),
        *("WFS InventoryTransferFee", "WFS StorageFee", "WFS InboundTransportationFee", "WFS PrepServiceFee"),
        *("WFS Fulfillment fee", "WFS Charge", "Business initiated discrete partner credit"),
        *("Funds withheld to cover future refunds", "Reserve credited back", "Deposited in account", "Dispute"),
    ),
    *_known(
        Channel.WALMART,
        AMOUNT_TYPE,
        *("Product Price", "Commission on Product", "Product tax", "Product tax withheld", "Fee/Reimbursement"),
        *("WFS Fee/Reimbursement", "WFS Inventory Fee/Reimbursement", "SEM Marketing Fee", "Shipping"),
        *("Total Walmart Funded Savings", "Promo Code", "Extra Savings", "Review Accelerator Fee", "Other tax (Fees)"),
        *("Commission on Shipping", "Shipping tax", "Shipping tax withheld"),
    ),
)
"""All known words besides `REPORT_WORDS`, which detectors judge by."""
