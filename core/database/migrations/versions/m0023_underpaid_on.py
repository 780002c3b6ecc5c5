"""On which day an item was last paid below the seller's own cost: the list of these need not look for payments."""

from alembic import op

revision = "0023"
down_revision = "0022"

KNOWN = """
    update item as i
    set underpaid_on = p.paid_on
    from (
        select e.account_id, e.item_id, max(coalesce(r.approved_on, s.posted_on)) as paid_on
        from item_evidence as e
        left join reimbursement as r on r.account_id = e.account_id and r.row_id = e.row_id
        left join settlement_line as s on s.account_id = e.account_id and s.row_id = e.row_id
        where e.role = 'underpaid'
        group by e.account_id, e.item_id
    ) as p
    where p.account_id = i.account_id and p.item_id = i.item_id and i.units_underpaid > 0
"""


def upgrade() -> None:
    """Add the day, and tell that of the items that are known."""
    op.execute("alter table item add column underpaid_on date")
    op.execute(KNOWN)
