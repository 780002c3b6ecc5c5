"""The rows of the other reports: balances, orders, settlements, fees, removals, shipments to the marketplace, returns.

As in 0003, `row_id` names a row. Where both channels report the same thing, they share a table and `channel` tells them
apart. Quantities that a report may leave empty are null: unknown is not zero.
"""

from alembic import op

from core.database.migrations.versions.m0003_reports import ROW

revision = "0006"
down_revision = "0005"

REPORTS = {
    "inventory_balance": """
        balance_on date not null,
        sku text not null,
        fnsku text not null,
        asin text not null,
        disposition text not null,
        location text not null,
        store text not null,
        starting_units int,
        in_transit_units int,
        received_units int,
        shipped_units int,
        customer_returned_units int,
        vendor_returned_units int,
        transferred_units int,
        found_units int,
        lost_units int,
        damaged_units int,
        disposed_units int,
        other_units int,
        unknown_units int,
        ending_units int
    """,
    "legacy_adjustment": """
        adjusted_on date not null,
        adjusted_at timestamptz,
        transaction_id text not null,
        sku text not null,
        fnsku text not null,
        fulfilment_center text not null,
        quantity int not null,
        reason text not null,
        disposition text not null
    """,
    "replacement": """
        shipped_on date not null,
        shipped_at timestamptz,
        original_order_id text not null,
        replacement_order_id text not null,
        sku text not null,
        asin text not null,
        quantity int not null,
        reason text not null,
        fulfilment_center text not null,
        original_fulfilment_center text not null
    """,
    "order_line": """
        purchased_on date not null,
        purchased_at timestamptz,
        updated_on date,
        updated_at timestamptz,
        order_id text not null,
        merchant_order_id text not null,
        status text not null,
        item_status text not null,
        fulfilment_type text not null,
        shop text not null,
        sku text not null,
        asin text not null,
        quantity int,
        currency text not null,
        item_price numeric,
        item_tax numeric,
        shipping_price numeric,
        shipping_tax numeric,
        gift_wrap_price numeric,
        gift_wrap_tax numeric,
        item_promotion numeric,
        shipping_promotion numeric
    """,
    "customer_shipment": """
        shipped_on date not null,
        shipped_at timestamptz,
        order_id text not null,
        sku text not null,
        fnsku text not null,
        asin text not null,
        fulfilment_center text not null,
        quantity int not null,
        currency text not null,
        item_price numeric,
        shipping_price numeric,
        gift_wrap_price numeric
    """,
    "settlement_v1_row": """
        document text not null,
        period_start date,
        period_end date,
        posted_on date not null,
        posted_at timestamptz,
        transaction_type text not null,
        order_id text not null,
        merchant_order_id text not null,
        adjustment_id text not null,
        shipment_id text not null,
        order_line text not null,
        merchant_order_line text not null,
        merchant_adjustment_line text not null,
        shop text not null,
        fulfilment_type text not null,
        sku text not null,
        quantity int,
        currency text not null,
        shipment_fee_type text not null,
        shipment_fee numeric,
        order_fee_type text not null,
        order_fee numeric,
        price_type text not null,
        price numeric,
        item_fee_type text not null,
        item_fee numeric,
        miscellaneous_fee numeric,
        other_fee numeric,
        other_fee_reason text not null,
        promotion_id text not null,
        promotion_type text not null,
        promotion numeric,
        direct_payment_type text not null,
        direct_payment numeric,
        other_amount numeric
    """,
    "finance_transaction": """
        posted_on date not null,
        posted_at timestamptz,
        transaction_id text not null,
        transaction_type text not null,
        status text not null,
        description text not null,
        amount numeric not null,
        currency text not null,
        order_id text not null,
        shipment_id text not null,
        refund_id text not null,
        settlement_id text not null,
        event_group_id text not null
    """,
    "fee_preview": """
        sku text not null,
        fnsku text not null,
        asin text not null,
        shop text not null,
        product_group text not null,
        currency text not null,
        your_price numeric,
        sales_price numeric,
        longest_side numeric,
        median_side numeric,
        shortest_side numeric,
        length_and_girth numeric,
        unit_of_dimension text not null,
        package_weight numeric,
        unit_of_weight text not null,
        size_tier text not null,
        fee_total numeric,
        referral_fee numeric,
        variable_closing_fee numeric,
        order_handling_fee numeric,
        pick_pack_fee numeric,
        weight_handling_fee numeric,
        fulfilment_fee numeric,
        fulfilment_fee_uk numeric,
        fulfilment_fee_de numeric,
        fulfilment_fee_fr numeric,
        fulfilment_fee_it numeric,
        fulfilment_fee_es numeric,
        fulfilment_fee_se numeric
    """,
    "referral_fee_preview": """
        sku text not null,
        asin text not null,
        price numeric,
        referral_fee numeric
    """,
    "removal_order": """
        requested_on date not null,
        requested_at timestamptz,
        updated_on date,
        updated_at timestamptz,
        order_id text not null,
        order_type text not null,
        order_source text not null,
        service_speed text not null,
        status text not null,
        sku text not null,
        fnsku text not null,
        disposition text not null,
        requested_units int,
        cancelled_units int,
        disposed_units int,
        shipped_units int,
        in_process_units int,
        removal_fee numeric,
        currency text not null
    """,
    "removal_shipment": """
        requested_on date,
        requested_at timestamptz,
        shipped_on date not null,
        shipped_at timestamptz,
        order_id text not null,
        order_type text not null,
        sku text not null,
        fnsku text not null,
        disposition text not null,
        quantity int not null,
        carrier text not null,
        tracking_number text not null
    """,
    "inbound_shipment": """
        channel text not null,
        shipment_id text not null,
        inbound_order_id text not null,
        name text not null,
        status text not null,
        fulfilment_center text not null,
        created_on date,
        created_at timestamptz,
        expected_on date,
        updated_expected_on date,
        shipped_units int,
        received_units int,
        carrier text not null,
        tracking_numbers text not null
    """,
    "inbound_item": """
        channel text not null,
        shipment_id text not null,
        inbound_order_id text not null,
        sku text not null,
        fnsku text not null,
        gtin text not null,
        shipped_units int not null,
        received_units int,
        damaged_units int,
        expected_on date
    """,
    "shipment_delivery": """
        shipment_id text not null,
        delivered_on date not null
    """,
    "return_order_line": """
        requested_on date,
        requested_at timestamptz,
        status_on date,
        status_at timestamptz,
        return_by_on date,
        return_order_id text not null,
        return_line text not null,
        return_type text not null,
        refund_mode text not null,
        order_id text not null,
        order_line text not null,
        purchase_order_id text not null,
        purchase_order_line text not null,
        replacement_order_id text not null,
        sku text not null,
        reason text not null,
        quantity int,
        refunded_units int,
        is_keep_it boolean,
        is_return_expected boolean,
        status text not null,
        delivery_status text not null,
        refund_status text not null,
        refund_channel text not null,
        currency text not null,
        unit_price numeric,
        line_total numeric,
        refund_total numeric
    """,
}

SETTLEMENT_LINE = (
    "adjustment_id text not null default ''",
    "shipment_id text not null default ''",
    "promotion_id text not null default ''",
    "posted_at timestamptz",
)
"""What Amazon's settlements say of a line and Walmart's do not."""

INDEXES = (
    "create index settlement_line_by_order on settlement_line (account_id, order_id) where order_id <> ''",
    "create index settlement_v1_row_by_document on settlement_v1_row (account_id, document)",
    "create index order_line_by_order on order_line (account_id, order_id)",
    "create index inbound_item_by_shipment on inbound_item (account_id, shipment_id)",
    "create index return_order_line_by_return on return_order_line (account_id, return_order_id)",
)


def upgrade() -> None:
    """Make the tables, and guard them."""
    for table, columns in REPORTS.items():
        op.execute(f"create table {table} ({ROW}, {columns})")
        op.execute(f"alter table {table} add constraint {table}_pk primary key (account_id, row_id)")
        op.execute(f"alter table {table} enable row level security")
        op.execute(
            f"create policy {table}_of_granted on {table} for select to recoup_app using (account_id = any(granted()))"
        )
        op.execute(f"create policy {table}_of_all on {table} for select to recoup_staff using (true)")
        op.execute(f"grant select on {table} to recoup_app, recoup_staff")
    for column in SETTLEMENT_LINE:
        op.execute(f"alter table settlement_line add column {column}")
    for index in INDEXES:
        op.execute(index)
