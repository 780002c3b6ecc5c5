"""User roles, and how much each sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A user's role. `sees_every_account` needs no grants; `has_portfolio` has many grants, with precomputed sums."""

    code: str
    label: str
    meaning: str
    sees_every_account: bool = False
    has_portfolio: bool = False


_ALL = (
    Role("seller", "Seller", "Reviews the recoveries, deadlines and cases of its own accounts."),
    Role(
        "account_manager",
        "Account manager",
        "Works down what expires soonest over the accounts assigned to it.",
        has_portfolio=True,
    ),
    Role(
        "staff",
        "Staff",
        "The reimbursement team: reviews case outcomes and data health of every account.",
        sees_every_account=True,
    ),
)

ROLES: dict[str, Role] = {entry.code: entry for entry in _ALL}
"""Every role by its code."""
