"""Payments: the reimbursement rows."""
