"""Amazon's fee changes: a fee preview has the fees of its own day, not those before or after a change."""

from dataclasses import dataclass
from datetime import date

from core.vocabulary.marketplaces import MARKETPLACES, Channel

SCHEDULE = "schedule"
PEAK = "peak"

_CHECKED_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class FeePeriod:
    """The first day of a marketplace's new fee schedule (`schedule`), or a season with a surcharge (`peak`), both days
    inclusive.
    """

    kind: str
    marketplace: str
    starts_on: date
    ends_on: date | None
    source: str
    checked_on: date = _CHECKED_ON
    note: str = ""


_AMAZON = [entry for entry in MARKETPLACES.values() if entry.channel is Channel.AMAZON and not entry.is_unassigned]
_AMERICA = [entry.code for entry in _AMAZON if entry.api_region == "NA"]
_EUROPE = [entry.code for entry in _AMAZON if entry.api_region == "EU"]
_FAR_EAST = [entry.code for entry in _AMAZON if entry.api_region == "FE"]

_SCHEDULES: tuple[tuple[list[str], str, str], ...] = (
    (_AMERICA, "2024-01-15", "Amazon's yearly announcement of US referral and FBA fees"),
    (_AMERICA, "2024-04-15", "Amazon's yearly announcement of US referral and FBA fees"),
    (_AMERICA, "2025-01-15", "Amazon's yearly announcement of US referral and FBA fees"),
    (_AMERICA, "2026-01-15", "Amazon's yearly announcement of US referral and FBA fees"),
    (_AMERICA, "2027-01-15", "Expected: Amazon's yearly change"),
    (_EUROPE, "2025-02-01", "Amazon's yearly announcement of European referral and FBA fees"),
    (_EUROPE, "2026-02-01", "heycross.com/article/QQ7mDPg2KzRda, on the change of 1 February 2026"),
    (_EUROPE, "2027-02-01", "Expected: Amazon's yearly change"),
    (_FAR_EAST, "2025-04-01", "Expected: Amazon's yearly change"),
    (_FAR_EAST, "2026-04-01", "Expected: Amazon's yearly change"),
    (_FAR_EAST, "2027-04-01", "Expected: Amazon's yearly change"),
)

_PEAK_YEARS = range(2022, 2031)
_PEAK_SOURCE = "sellerlabs.com/blog/amazon-fba-peak-fees-2025, which quotes Amazon; hopstack.io for 2022 and 2023"
_PEAK_NOTE = "For the United States and Canada by Amazon's words; taken for all, since one vendor reports it of all."

FEE_PERIODS: tuple[FeePeriod, ...] = (
    *(
        FeePeriod(SCHEDULE, code, date.fromisoformat(starts_on), None, source)
        for codes, starts_on, source in _SCHEDULES
        for code in codes
    ),
    *(
        FeePeriod(PEAK, entry.code, date(year, 10, 15), date(year + 1, 1, 14), _PEAK_SOURCE, note=_PEAK_NOTE)
        for entry in _AMAZON
        for year in _PEAK_YEARS
    ),
)
"""Every known change of fees, by marketplace."""
