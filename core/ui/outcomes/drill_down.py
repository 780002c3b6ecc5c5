"""From a figure of Outcomes to the cases, or the payments, behind it. Parts come as in overview/drill_down.py."""

from collections.abc import Mapping

from core.charts import SOURCES
from core.queries.outcomes import Which
from core.ui.outcomes.numbers import BUCKETS
from core.ui.shell import carried, links
from core.vocabulary import CASE_ORIGINS, CASE_STATUSES, Channel

Part = links.Part
Group = Mapping[str, str]
"""What a line of rates is about: the codes of its category and marketplace."""

_ALL: Group = {}

WON = tuple(code for code, status in CASE_STATUSES.items() if status.is_reimbursed)
DECIDED = (*WON, "not_eligible")

_DRAWN = tuple(name for name, _ in SOURCES.values())
_ORIGINS = {SOURCES["filed"][0]: CASE_ORIGINS["case_file"], SOURCES["elsewhere"][0]: CASE_ORIGINS["filed_elsewhere"]}
_CHANNELS = {channel.label: channel.value for channel in Channel}


def to_decided(which: Which, group: Group = _ALL, *, won_alone: bool = False, priced_in: str = "") -> carried.Handed:
    """The decided cases, or those won; `priced_in` a currency are those that say what they claim in it. `group` narrows
    them further.
    """
    return links.to_cases(
        statuses=WON if won_alone else DECIDED,
        place=group.get("marketplace", which.marketplace),
        category=group.get("category", which.category),
        decided=(which.decided_from, which.decided_to),
        source=CASE_ORIGINS["case_file"],
        claim="Says how much it claims" if priced_in else "",
        currency=priced_in,
    )


def of_wins(part: Part, which: Which, groups: Mapping[str, Group]) -> carried.Handed | None:
    """The cases of a line of the win rates; of the number of won ones those alone."""
    group = groups.get(str(part.get("Of") or part.get("y")))
    return None if group is None else to_decided(which, group, won_alone=part.get("column") == "Won")


def of_recoveries(part: Part, which: Which, groups: Mapping[str, Group], currency: str) -> carried.Handed | None:
    """The cases of a line of the recovery rates, which are of one currency."""
    group = groups.get(str(part.get("Of") or part.get("y")))
    return None if group is None else to_decided(which, group, priced_in=currency)


def of_age(part: Part, which: Which, currency: str) -> carried.Handed | None:
    """The open cases of an age in a currency; of the number of approved ones those alone."""
    age = str(part.get("Age") or part.get("x"))
    if age not in BUCKETS:
        return None
    return links.to_cases(
        statuses=("open",),
        place=which.marketplace,
        category=which.category,
        age=age,
        currency=currency,
        approval=links.APPROVED if part.get("column") == links.APPROVED else "",
    )


def of_source(part: Part) -> carried.Handed | None:
    """All that a channel paid in a currency: the payments."""
    channel = _CHANNELS.get(str(part.get("From")))
    if channel is None or part.get("column") != "All that was paid":
        return None
    return links.to_payments(place=channel, currency=str(part.get("Currency")))


def of_cases(part: Part, currency: str) -> carried.Handed | None:
    """What a channel paid through cases: the cases. A bar is of the currency of its chart."""
    channel = _CHANNELS.get(str(part.get("From") or part.get("y")))
    curve, own = part.get("curve_number"), str(part.get("Currency") or currency)
    drawn = _DRAWN[curve] if isinstance(curve, int) and 0 <= curve < len(_DRAWN) else None
    source = _ORIGINS.get(str(part.get("column") or drawn))
    return links.to_cases(place=channel, source=source, currency=own) if channel and source else None
