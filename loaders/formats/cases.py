"""Recoup's own: the cases that the reimbursement team filed."""

from core.vocabulary import CATEGORIES
from loaders.declare.columns import Amount, Count, Currency, Day, OneOf, Text
from loaders.declare.places import by_code
from loaders.declare.report_format import ReportFormat


class Cases(ReportFormat):
    """Case file: one row per case and goods (SKU, order or shipment). The marketplaces have no API for cases."""

    code = "cases"
    table = "case_entry"
    key = ("case_id", "fnsku", "sku", "order_id", "shipment_id", "marketplace")
    dated_by = "opened_on"
    place = by_code("marketplace")
    edited_by_people = True
    of_team = True

    case_id = Text(header="case_id", required=True, of_digits=True)
    opened_on = Day(header="opened_on", required=True)
    category = OneOf(header="category", words=tuple(CATEGORIES), optional=True)
    fnsku = Text(header="fnsku", optional=True)
    sku = Text(header="sku", optional=True)
    order_id = Text(header="order_id", optional=True)
    shipment_id = Text(header="shipment_id", optional=True)
    claimed_units = Count(header="claimed_units", at_least=0)
    claimed_amount = Amount(header="claimed_amount", optional=True, at_least=0)
    currency = Currency(header="currency", optional=True)
    decision = OneOf(header="decision", words=("approved", "partially_approved", "denied"))
    decided_on = Day(header="decided_on")
    closed_on = Day(header="closed_on")
    note = Text(header="note", optional=True, longest=4_000)
