"""Links from figures of Outcomes to their cases or payments. Parts have the form of overview/drill_down.py."""

from collections.abc import Mapping
from datetime import date, timedelta

from core.charts import SOURCES
from core.queries.outcomes import Which
from core.ui.outcomes import numbers
from core.ui.outcomes.numbers import APPROVED_LABEL, BUCKETS
from core.ui.shell import carried, links
from core.vocabulary import CASE_STATUSES, Channel

Part = links.Part
Group = Mapping[str, str]
"""A rate's group: the codes of its category and marketplace."""

_ALL: Group = {}

WON = tuple(code for code, status in CASE_STATUSES.items() if status.is_reimbursed)
DECIDED = (*WON, "not_eligible")

_SOURCES = {"filed": "case_file", "elsewhere": "filed_elsewhere"}
_BY_COLUMN = {SOURCES[code][0]: code for code in _SOURCES}


def to_decided(which: Which, group: Group = _ALL, *, won_alone: bool = False, priced_in: str = "") -> carried.Handed:
    """Link to the decided cases, with `won_alone` only to the won ones. `priced_in` (a currency) limits it to cases
    that state their claimed amount in it; `group` overrides the category and marketplace.
    """
    return links.to_cases(
        statuses=WON if won_alone else DECIDED,
        place=group.get("marketplace", which.marketplace),
        category=group.get("category", which.category),
        decided=(which.decided_from, which.decided_to),
        source="case_file",
        claim="stated" if priced_in else "",
        currency=priced_in,
    )


def of_rate(group: Group, column: str, which: Which, currency: str) -> carried.Handed:
    """Link from a cell of the rates: the column of won cases leads to these, columns of money to cases with amounts."""
    is_money = column in (numbers.FILED, numbers.RECOVERED, numbers.OF_FILED)
    return to_decided(which, group, won_alone=column == numbers.WON, priced_in=currency if is_money else "")


def of_month(part: Part, which: Which) -> carried.Handed | None:
    """Link to the cases denied in a month, within the selected days."""
    try:
        first = date.fromisoformat(f"{part.get('month')}-01")
    except ValueError:
        return None
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    days = max(first, which.decided_from or first), min(last, which.decided_to or last)
    return links.to_cases(
        statuses=("not_eligible",), place=which.marketplace, category=which.category, decided=days, source="case_file"
    )


def of_age(part: Part, which: Which, currency: str) -> carried.Handed | None:
    """Link to the open cases of an age bucket and currency; the column of approved cases leads to these only."""
    age = part.get("age")
    if age not in BUCKETS:
        return None
    return links.to_cases(
        statuses=("open",),
        place=which.marketplace,
        category=which.category,
        age=age,
        currency=currency,
        approval=links.APPROVED if part.get("column") == APPROVED_LABEL else "",
    )


def of_source(part: Part) -> carried.Handed | None:
    """Link to all payments of a channel in a currency."""
    if part.get("channel") not in set(Channel) or part.get("column") != "All that was paid":
        return None
    return links.to_payments(place=part["channel"], currency=str(part.get("currency")))


def of_cases(part: Part, currency: str) -> carried.Handed | None:
    """Link to the cases through which a channel paid. `currency` is the chart's, for bars, which have none."""
    channel = part.get("channel")
    source = _SOURCES.get(part.get("source", _BY_COLUMN.get(part.get("column", ""), "")))
    if channel not in set(Channel) or not source:
        return None
    return links.to_cases(place=channel, source=source, currency=str(part.get("currency", currency)))
