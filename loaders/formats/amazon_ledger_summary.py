"""Amazon: inventory ledger, summary view."""

from core.vocabulary import Channel
from loaders.columns import Count, Day, Text
from loaders.places import by_shop_or_currency
from loaders.report_format import ReportFormat


class AmazonLedgerSummary(ReportFormat):
    """Inventory Ledger, summary view (GET_LEDGER_SUMMARY_VIEW_DATA): per day and goods, what the movements come to.

    A control of the detailed view. `Location` is a country or a warehouse, as the seller chose. Layouts differ in the
    sign of what leaves, so a quantity means what its column says.
    """

    code = "amazon_ledger_summary"
    table = "inventory_balance"
    key = ("balance_on", "fnsku", "asin", "sku", "disposition", "location")
    dated_by = "balance_on"
    place = by_shop_or_currency(Channel.AMAZON, "Store", "Location")

    balance_on = Day(header="Date", required=True)
    fnsku = Text(header="FNSKU")
    asin = Text(header="ASIN")
    sku = Text(header="MSKU")
    disposition = Text(header="Disposition")
    starting_units = Count(header="Starting Warehouse Balance")
    in_transit_units = Count(header="In Transit Between Warehouses")
    received_units = Count(header="Receipts")
    shipped_units = Count(header="Customer Shipments")
    customer_returned_units = Count(header="Customer Returns")
    vendor_returned_units = Count(header="Vendor Returns")
    transferred_units = Count(header="Warehouse Transfer In/Out")
    found_units = Count(header="Found")
    lost_units = Count(header="Lost")
    damaged_units = Count(header="Damaged")
    disposed_units = Count(header="Disposed")
    other_units = Count(header="Other Events")
    ending_units = Count(header="Ending Warehouse Balance")
    unknown_units = Count(header="Unknown Events")
    location = Text(header="Location", optional=True)
    store = Text(header="Store", optional=True)
