"""Amazon: inventory ledger, summary view."""

import re
from dataclasses import dataclass

from core.errors import FileRefused
from core.vocabulary import Channel
from loaders.declare.columns import Count, Day, FileContext, Parse, Text
from loaders.declare.places import by_shop_or_currency
from loaders.declare.report_format import ReportFormat

_MONTH = re.compile(r"\s*([01]?\d/\d{4}|\d{4}-[01]\d)\s*", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class _DayOfSummary(Day):
    """A day. Monthly sums would be mixed with daily ones as if they were of one day: a file with any of them is refused
    as a whole, once.
    """

    def parser(self, context: FileContext) -> Parse:
        """See Column."""
        parse_day = super().parser(context)

        def parse(cell: str) -> str:
            if _MONTH.fullmatch(cell):
                raise FileRefused("is summed up by month; export the summary by day")
            return parse_day(cell)

        return parse


class AmazonLedgerSummary(ReportFormat):
    """Inventory Ledger, summary view (GET_LEDGER_SUMMARY_VIEW_DATA): sums of the movements per day and goods.

    A control of the detailed view. `Location` is a country or a warehouse, as the seller chose. Layouts differ in the
    sign of outgoing units, so the column determines a quantity's meaning.
    """

    code = "amazon_ledger_summary"
    table = "inventory_balance"
    key = ("balance_on", "fnsku", "asin", "sku", "disposition", "location")
    dated_by = "balance_on"
    place = by_shop_or_currency(Channel.AMAZON, "Store", "Location")

    balance_on = _DayOfSummary(header="Date", required=True)
    fnsku = Text(header="FNSKU")
    asin = Text(header="ASIN")
    sku = Text(header="MSKU", also=("SKU", "Seller SKU", "Merchant SKU"))
    disposition = Text(header="Disposition")
    starting_units = Count(header="Starting Warehouse Balance")
    in_transit_units = Count(header="In Transit Between Warehouses", optional=True)
    received_units = Count(header="Receipts")
    shipped_units = Count(header="Customer Shipments")
    customer_returned_units = Count(header="Customer Returns")
    vendor_returned_units = Count(header="Vendor Returns", optional=True)
    transferred_units = Count(header="Warehouse Transfer In/Out", optional=True)
    found_units = Count(header="Found")
    lost_units = Count(header="Lost")
    damaged_units = Count(header="Damaged")
    disposed_units = Count(header="Disposed")
    other_units = Count(header="Other Events", optional=True)
    ending_units = Count(header="Ending Warehouse Balance")
    unknown_units = Count(header="Unknown Events", optional=True)
    location = Text(header="Location", optional=True)
    store = Text(header="Store", optional=True)
