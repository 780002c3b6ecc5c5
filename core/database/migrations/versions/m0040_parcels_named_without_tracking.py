"""Rows of removal shipments are named without the tracking number: a carrier and its number may be filled in later.

The name is a hash of what the report says, as loaders/store (staging, merge) makes it. Where two rows meet
under one name, each keeps its place by what it holds.
"""

from alembic import op

revision = "0040"
down_revision = "0031"

NAMED = """
    with keyed as (
        select account_id, row_id, left(md5(
            'amazon_removal_shipments'
            || e'\\x1f' || coalesce(
                extract(epoch from shipped_at at time zone 'UTC')::text, (shipped_on - date '2000-01-01')::text, ''
            )
            || e'\\x1f' || order_id || e'\\x1f' || sku || e'\\x1f' || fnsku || e'\\x1f' || disposition
            || e'\\x1f' || quantity::text
        ), 24) as key_hash,
        row_number() over (
            partition by
                account_id, coalesce(shipped_at::text, shipped_on::text), order_id, sku, fnsku, disposition, quantity
            order by tracking_number collate "C", row_id
        ) as occurrence
        from removal_shipment
    ),

    named as (
        select account_id, row_id, (key_hash || lpad(to_hex(occurrence), 8, '0'))::uuid as new_id from keyed
    ),

    renamed as (
        update removal_shipment as r set row_id = n.new_id
        from named as n
        where r.account_id = n.account_id and r.row_id = n.row_id
    )

    update item_evidence as e set row_id = n.new_id
    from named as n
    where e.account_id = n.account_id and e.row_id = n.row_id
"""


def upgrade() -> None:
    """Give each row its new name, and the evidence of items with it."""
    op.execute(NAMED)
