"""An index that finds the receipts which brought in units that are not sellable: a few among an account's many."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the index."""
    op.execute(
        """
        create index inventory_event_unsellable_receipts on inventory_event (account_id)
        where lower(event_type) in ('receipts', 'receipt') and lower(disposition) <> 'sellable'
        """
    )
