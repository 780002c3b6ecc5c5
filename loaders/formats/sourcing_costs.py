"""Recoup's own: the seller's sourcing costs."""

from loaders.declare.columns import Amount, Currency, Day, Text
from loaders.declare.places import by_code
from loaders.declare.report_format import ReportFormat


class SourcingCosts(ReportFormat):
    """Sourcing costs: the price of a unit from its maker or wholesaler, without shipping and duties, from a day on.

    An empty marketplace means all that use the currency.
    """

    code = "sourcing_costs"
    table = "sourcing_cost"
    key = ("sku", "marketplace", "currency", "valid_from")
    dated_by = "valid_from"
    place = by_code("marketplace", may_be_empty=True)
    edited_by_people = True

    sku = Text(header="sku", required=True)
    unit_cost = Amount(header="unit_cost", required=True, at_least=0)
    currency = Currency(header="currency", required=True)
    valid_from = Day(header="valid_from", required=True)
