"""Amazon: inventory ledger, detailed view."""

from core.vocabulary import Channel
from loaders.declare.columns import Count, Day, Moment, Text
from loaders.declare.places import by_country
from loaders.declare.report_format import ReportFormat


class AmazonLedgerDetail(ReportFormat):
    """Inventory Ledger, detailed view (GET_LEDGER_DETAIL_VIEW_DATA): each movement of units in Amazon's warehouses.

    There is no event id, and identical rows are legitimate: their occurrence distinguishes them. The columns that
    Amazon changes later (reconciled, unreconciled), the title, and the columns that older layouts lack are not part of
    the key.
    """

    code = "amazon_ledger_detail"
    table = "inventory_event"
    key = (
        "event_on",
        "fnsku",
        "asin",
        "sku",
        "event_type",
        "reference_id",
        "quantity",
        "fulfilment_center",
        "disposition",
        "reason",
        "country",
    )
    dated_by = "event_on"
    place = by_country(Channel.AMAZON, "Store", "Country")
    constants = (("channel", "amazon"), ("reason_text", ""), ("shipment_id", ""), ("gtin", ""))
    prefers = ("reconciled",)

    event_on = Day(header="Date", required=True)
    fnsku = Text(header="FNSKU")
    asin = Text(header="ASIN")
    sku = Text(header="MSKU", also=("SKU", "Seller SKU", "Merchant SKU"))
    event_type = Text(header="Event Type", required=True)
    reference_id = Text(header="Reference ID", of_digits=True)
    quantity = Count(header="Quantity", required=True)
    fulfilment_center = Text(
        header="Fulfillment Center", also=("Fulfilment Center", "Fulfilment Centre", "Fulfillment Center ID")
    )
    disposition = Text(header="Disposition")
    reason = Text(header="Reason")
    country = Text(header="Country")
    reconciled = Count(header="Reconciled Quantity", also=("Reconciled",), optional=True)
    unreconciled = Count(header="Unreconciled Quantity", also=("Unreconciled",), optional=True)
    event_at = Moment(header="Date and Time", also=("DateTime", "Date/Time"), optional=True, beside="event_on")
