"""What a report row says about itself, for every table of report rows: the names by which it can influence other rows,
and the day that it covers.

Rows with a common name may influence each other: a payment settles losses of its SKU, a refund needs its order's sale.
Rows without one never do (core.detect.groups). A name is compared as text, whatever its kind: that a shipment and a SKU
have the same name by chance only makes a group larger.
"""

from dataclasses import dataclass

EVERYTHING = "*"
"""In `touched_row`: everything of the account may have changed."""

NAMELESS = ""
"""The name of rows that name neither goods nor an order: some rules compare these with each other."""

_RECEIPT = "case when lower({t}.event_type) in ('receipts', 'receipt') then {t}.reference_id else '' end"


@dataclass(frozen=True)
class ReportRows:
    """A table of report rows. `names` are its name columns, the first that is not empty being the row's link, by which
    an index finds it; `also` are further names, as SQL. Without a name in `needs` the row is nameless as well.

    A new row that is not `judged` (SQL; by default all are) touches nothing where another one equals it in the columns
    of `alike`.

    `day` is the SQL of the day that a row covers in the report `format` (SQL as well), null where it covers none.
    `{t}` is the table's alias.
    """

    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    judged: str = ""
    alike: tuple[str, ...] = ()
    format: str = ""
    day: str = ""
    currency: str = "''"

    def link(self, alias: str) -> str:
        """The SQL of a row's link."""
        named = ", ".join(f"nullif({alias}.{name}, '')" for name in self.names)
        return f"coalesce({named}, '')"

    def names_of(self, alias: str) -> str:
        """The SQL of a row's names, as an array; an empty name may be among them where the row has others."""
        named = [f"{alias}.{name}" for name in self.names] + [each.format(t=alias) for each in self.also]
        lacks = " and ".join(f"{alias}.{name} = ''" for name in self.needs or self.names)
        return f"array_remove(array[{', '.join(named)}], '') || case when {lacks} then array[''] else '{{}}' end"

    def alike_of(self, alias: str) -> str:
        """The SQL of the columns in which a row that is not judged equals others, as an array."""
        return f"array[{', '.join(f'{alias}.{name}' for name in self.alike)}]"

    def day_of(self, alias: str) -> str:
        """The SQL of the columns of `report_row_day`, without the account and the number of rows."""
        columns = {
            "format": self.format,
            "marketplace": "{t}.marketplace",
            "currency": self.currency,
            "file_id": "{t}.file_id",
            "day": self.day,
        }
        return ", ".join(f"{sql.format(t=alias)} as {name}" for name, sql in columns.items())


_CHANNELS = "case {t}.channel when 'amazon' then 'amazon_%s' else 'walmart_%s' end"
_GTIN = "derived.gtin({t}.gtin)"

REPORT_ROWS: dict[str, ReportRows] = {
    "inventory_event": ReportRows(
        ("fnsku", "sku", "asin", "gtin"),
        also=(_GTIN, _RECEIPT, _RECEIPT.replace("reference_id", "shipment_id")),
        needs=("fnsku", "sku"),
        # most movements are shipments to customers: these only name products together, and may have unknown words
        judged="lower({t}.event_type) in ('adjustments', 'adjustment', 'receipts', 'receipt')",
        alike=("fnsku", "sku", "asin", "gtin", "marketplace", "event_type", "disposition", "reason", "reason_text"),
        format=_CHANNELS % ("ledger_detail", "inventory_log"),
        day="{t}.event_on",
    ),
    "reimbursement": ReportRows(
        ("order_id", "fnsku", "sku", "asin", "reimbursement_id", "original_reimbursement_id", "case_id"),
        needs=("order_id", "sku"),
        format="'amazon_reimbursements'",
        day="{t}.approved_on",
        currency="{t}.currency",
    ),
    "settlement_line": ReportRows(
        ("order_id", "purchase_order_id", "sku", "gtin"),
        also=(_GTIN,),
        needs=("order_id", "sku"),
        format=_CHANNELS % ("settlement_v2", "reconciliation"),
        day="{t}.posted_on",
        currency="{t}.currency",
    ),
    "settlement_v1_row": ReportRows(
        ("order_id", "sku"),
        format="'amazon_settlement_v1'",
        day="{t}.posted_on",
        currency="{t}.currency",
    ),
    "finance_transaction": ReportRows(("order_id", "sku")),
    "customer_return": ReportRows(
        ("order_id", "sku", "fnsku", "asin"),
        format="'amazon_customer_returns'",
        day="{t}.returned_on",
    ),
    "replacement": ReportRows(
        ("original_order_id", "replacement_order_id", "sku", "asin"),
        format="'amazon_replacements'",
        day="{t}.shipped_on",
    ),
    "return_order_line": ReportRows(
        ("order_id", "purchase_order_id", "replacement_order_id", "sku"),
        format="'walmart_returns'",
        day="coalesce({t}.status_on, {t}.requested_on)",
    ),
    "order_line": ReportRows(
        ("order_id", "sku"),
        format="'amazon_orders'",
        day="{t}.purchased_on",
        currency="{t}.currency",
    ),
    "legacy_adjustment": ReportRows(("fnsku", "sku")),
    "fee_preview": ReportRows(("sku", "fnsku", "asin")),
    "referral_fee_preview": ReportRows(("sku", "asin")),
    "removal_order": ReportRows(("order_id", "sku", "fnsku"), format="'amazon_removal_orders'", day="{t}.requested_on"),
    "removal_shipment": ReportRows(
        ("order_id", "tracking_number", "sku", "fnsku"),
        format="'amazon_removal_shipments'",
        day="{t}.shipped_on",
    ),
    "inbound_shipment": ReportRows(
        ("shipment_id",), format=_CHANNELS % ("inbound_shipments", "inbound_shipments"), day="{t}.created_on"
    ),
    "inbound_item": ReportRows(("shipment_id", "sku", "fnsku", "gtin"), also=(_GTIN,)),
    "shipment_delivery": ReportRows(("shipment_id",)),
    "case_entry": ReportRows(("case_id", "sku", "fnsku", "order_id", "shipment_id")),
    "sourcing_cost": ReportRows(("sku",)),
}
"""The tables that detection and settlement read."""

DAY_KEY = ("format", "marketplace", "currency", "file_id", "day")
"""The columns of `report_row_day` that identify a row within an account."""


def days_query() -> str:
    """The query for the rows of `report_row_day` of some accounts, `:accounts`, from all their report rows."""
    key = ", ".join(("account_id", *DAY_KEY))
    counted = " union all ".join(
        f"select {key}, count(*) as rows from (select t.account_id, {rows.day_of('t')} from {table} as t"
        f" where t.account_id = any(:accounts)) as found where day is not null group by {key}"
        for table, rows in REPORT_ROWS.items()
        if rows.day
    )
    return f"select {key}, sum(rows) as rows from ({counted}) as counted group by {key}"
