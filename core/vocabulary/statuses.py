"""Statuses of a case."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CaseStatus:
    """One status of a case; `is_reimbursed` includes it in the view *Reimbursed Cases*."""

    code: str
    label: str
    meaning: str
    is_reimbursed: bool = False


_ALL = (
    CaseStatus("open", "Open", "Under review or being processed; nothing recovered yet."),
    CaseStatus("partially_reimbursed", "Partially Reimbursed", "Part of what was claimed has been recovered.", True),
    CaseStatus("fully_reimbursed", "Fully Reimbursed", "All that was claimed has been recovered.", True),
    CaseStatus("not_eligible", "Not Eligible", "The marketplace decided that the claim does not qualify."),
    CaseStatus("closed", "Closed", "Ended without a stated outcome."),
)

CASE_STATUSES: dict[str, CaseStatus] = {entry.code: entry for entry in _ALL}
"""Every case status by its code, in the order in which lists show them."""
