"""The report formats: one file each, and the tuple of all."""

from loaders.declare.report_format import ReportFormat
from loaders.formats.amazon_adjustments_legacy import AmazonAdjustmentsLegacy
from loaders.formats.amazon_customer_returns import AmazonCustomerReturns
from loaders.formats.amazon_customer_shipments import AmazonCustomerShipments
from loaders.formats.amazon_fee_preview import AmazonFeePreview
from loaders.formats.amazon_finances import AmazonFinances
from loaders.formats.amazon_inbound_items import AmazonInboundItems
from loaders.formats.amazon_inbound_shipments import AmazonInboundShipments
from loaders.formats.amazon_ledger_detail import AmazonLedgerDetail
from loaders.formats.amazon_ledger_summary import AmazonLedgerSummary
from loaders.formats.amazon_orders import AmazonOrders
from loaders.formats.amazon_referral_fee_preview import AmazonReferralFeePreview
from loaders.formats.amazon_reimbursements import AmazonReimbursements
from loaders.formats.amazon_removal_orders import AmazonRemovalOrders
from loaders.formats.amazon_removal_shipments import AmazonRemovalShipments
from loaders.formats.amazon_replacements import AmazonReplacements
from loaders.formats.amazon_settlement_v1 import AmazonSettlementV1
from loaders.formats.amazon_settlement_v2 import AmazonSettlementV2
from loaders.formats.cases import Cases
from loaders.formats.shipment_deliveries import ShipmentDeliveries
from loaders.formats.sourcing_costs import SourcingCosts
from loaders.formats.walmart_inbound_items import WalmartInboundItems
from loaders.formats.walmart_inbound_shipments import WalmartInboundShipments
from loaders.formats.walmart_inventory_log import WalmartInventoryLog
from loaders.formats.walmart_reconciliation import WalmartReconciliation
from loaders.formats.walmart_returns import WalmartReturns

FORMATS: tuple[type[ReportFormat], ...] = (
    AmazonReimbursements,
    AmazonLedgerDetail,
    AmazonLedgerSummary,
    AmazonAdjustmentsLegacy,
    AmazonCustomerReturns,
    AmazonReplacements,
    AmazonRemovalOrders,
    AmazonRemovalShipments,
    AmazonSettlementV2,
    AmazonSettlementV1,
    AmazonFinances,
    AmazonOrders,
    AmazonCustomerShipments,
    AmazonFeePreview,
    AmazonReferralFeePreview,
    AmazonInboundShipments,
    AmazonInboundItems,
    WalmartReconciliation,
    WalmartInventoryLog,
    WalmartInboundShipments,
    WalmartInboundItems,
    WalmartReturns,
    Cases,
    SourcingCosts,
    ShipmentDeliveries,
)
"""Every format, in display order."""
