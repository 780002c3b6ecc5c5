"""Columns that several lists share."""

from core.lists.list_spec import Column, of_many_accounts, of_many_currencies, of_many_marketplaces
from core.vocabulary import CATEGORIES, MARKETPLACES, REPORTS, reason_in_words

ACCOUNT = Column("account", "Account", "wide", file="text", where=of_many_accounts)
CATEGORY = Column("category", "Category", "wide", file="text", registry=CATEGORIES)
CURRENCY = Column("currency", "Currency", file="text", where=of_many_currencies)
FNSKU = Column("fnsku", "FNSKU", file="text", may_be_empty=True)
MARKETPLACE = Column(
    "marketplace", "Marketplace", "wide", file="text", registry=MARKETPLACES, where=of_many_marketplaces
)
ORDER = Column("order_id", "Order", file="text", may_be_empty=True)
ORDER_OR_SHIPMENT = Column("order_or_shipment", "Order or shipment", file="text", may_be_empty=True)
REASON = Column("reason", "Reason", "wide", file="text", cell=lambda row: reason_in_words(row["reason"]))
REASON_CODE = Column("reason_code", "Reason code", cell=lambda row: row["reason"], reads=("reason",))
REPORT = Column("report", "Report", file="text", registry={"": "Not known"} | REPORTS)
SKU = Column("sku", "SKU", file="text")
UNITS = Column("units", "Units", "count", file="number")
