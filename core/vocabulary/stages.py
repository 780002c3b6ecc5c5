"""Stages of an item's units, and the total that each counts to."""

from dataclasses import dataclass
from enum import StrEnum


class Total(StrEnum):
    """The three totals: every cent is in exactly one."""

    UNCLAIMED = "unclaimed"
    CLAIMED = "claimed"
    LOST = "lost"


@dataclass(frozen=True)
class TotalWords:
    """Label and meaning of a total."""

    label: str
    meaning: str


TOTALS: dict[Total, TotalWords] = {
    Total.UNCLAIMED: TotalWords("Unclaimed", "May be owed, and neither paid nor lost yet."),
    Total.CLAIMED: TotalWords("Claimed", "Money received, net of what was taken back. Not: claims that were filed."),
    Total.LOST: TotalWords("Lost", "Was owed and can no longer be recovered: expired, denied or taken back."),
}


@dataclass(frozen=True)
class Stage:
    """One stage of a unit."""

    code: str
    label: str
    total: Total
    meaning: str


_ALL = (
    Stage("ready", "Ready to claim", Total.UNCLAIMED, "Can be claimed today."),
    Stage(
        "future",
        "Future claim",
        Total.UNCLAIMED,
        "The claim window has not opened yet, or an automatic payment may still arrive.",
    ),
    Stage("in_case", "In case", Total.UNCLAIMED, "A case is open for it, so its deadline no longer runs."),
    Stage("review", "Review", Total.UNCLAIMED, "Doubtful: a person must look before anything is claimed."),
    Stage("claimed", "Claimed", Total.CLAIMED, "Recovered, net of reversals."),
    Stage("expired", "Expired", Total.LOST, "The claim window closed and no case was open."),
    Stage("denied", "Denied", Total.LOST, "The marketplace said no, or closed the case without paying."),
    Stage("reversed", "Reversed", Total.LOST, "Paid once, then taken back, and not because the unit was found."),
)

STAGES: dict[str, Stage] = {entry.code: entry for entry in _ALL}
"""Every stage by its code, in the order in which lists show them."""
