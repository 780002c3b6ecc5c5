"""The Payments page: the reimbursement rows."""
