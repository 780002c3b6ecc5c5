"""Texts of an item's page (Markdown): what happened, when, and how its amount is calculated. Report text is escaped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from core.claim_windows import CLOCKS
from core.queries.items import PRODUCT_HEADERS
from core.ui.text import happened
from core.ui.text.words import amount, basis, category, count, day, marketplace, number, plain, reason
from core.vocabulary import REVIEW_REASONS

Row = Any
"""A data frame's row, indexed by column name."""

_OPEN = ("future", "ready", "review", "in_case", "expired")
_URGENT = 7


@dataclass(frozen=True)
class Step:
    """One line of the timeline. `text` and the tooltip `help` are Markdown."""

    on: date
    icon: str
    text: str
    help: str = ""


def sentence(item: Row) -> str:
    """What happened, in one sentence."""
    where, on = marketplace(item["marketplace"]), f" on {day(item['event_on'])}" if item["event_on"] else ""
    if item["origin"] == "payment":
        return f"{plain(item['note'])}{on}: {plain(where)}, {_goods(item)}."
    units = int(item["units"])
    return (
        f"{plain(where)}: {count(units, 'unit')} of {_goods(item)} {happened.predicate(item['category'], units, on)}."
    )


def title(item: Row, stages: pd.DataFrame) -> str:
    """The item's title: `Replacement lost · NO-03-0115 · €230.35`. The amount is the sum over its stages."""
    known = [money for money in stages["amount"] if money is not None]
    goods = next((item[name] for name in ("sku", "fnsku", "asin", "gtin", "order_id", "shipment_id") if item[name]), "")
    parts = (category(item["category"]), plain(goods), amount(sum(known), item["currency"]) if known else "")
    return " · ".join(filter(None, parts))


def product(proof: pd.DataFrame) -> str:
    """The product name from the item's report rows; empty if no row has one."""
    for columns, values in zip(proof["columns"], proof["values"], strict=True):
        named = dict(zip(columns, values, strict=False))
        if found := next((named[name] for name in PRODUCT_HEADERS if named.get(name)), ""):
            return str(found)
    return ""


def last_day(item: Row) -> str:
    """The last day to claim it and the time left; empty if no deadline runs."""
    left = item["days_left"]
    if left is None:
        return ""
    days = int(left)
    soon = "today" if days == 0 else "tomorrow" if days == 1 else f"in {count(days, 'day')}"
    colour = "red" if days == 0 else "orange" if days <= _URGENT else ""
    told = f"{soon}, {day(item['deadline_on'])}"
    return f":{colour}[**{told}**]" if colour else f"**{told}**"


def next_steps(item: Row, stages: pd.DataFrame, cases: pd.DataFrame) -> list[str]:
    """The next steps, one line for each stage that its units are in."""
    present = set(stages["stage"])
    lines = {
        "ready": "Ready to claim: the team files it, once the service is started for this marketplace.",
        "future": f"Claimable from {day(item['opens_on'])}." if item["opens_on"] else "Not claimable yet.",
        "review": _resolution(item),
        "in_case": "A case is open for it: its page has the status." if len(cases) else "A case is open for it.",
        "expired": f"The claim window closed on {day(item['deadline_on'])}: it may be unrecoverable.",
        "denied": "The marketplace denied it: its case says until when an appeal is possible.",
    }
    return [line for stage, line in lines.items() if stage in present and line]


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _resolution(item: Row) -> str:
    reason = REVIEW_REASONS.get(item["review_code"] or "")
    return (
        f"To resolve the review: {plain(_lowered(reason.resolved_by))}" if reason else "A person must look at it first."
    )


def _goods(item: Row) -> str:
    named = (("SKU", "sku"), ("FNSKU", "fnsku"), ("ASIN", "asin"), ("GTIN", "gtin"))
    found = next(((label, item[name]) for label, name in named if item[name]), None)
    goods = f"{found[0]} **{plain(found[1])}**" if found else "goods without a name"
    places = (("order", "order_id"), ("shipment", "shipment_id"))
    return ", ".join([goods, *(f"{label} {plain(item[name])}" for label, name in places if item[name])])


def sums(item: Row, stages: pd.DataFrame, proof: pd.DataFrame) -> list[str]:
    """The calculation: the open units and their value, then the paid, denied and reversed units."""
    by_stage = {row["stage"]: row for _, row in stages.iterrows()}
    currency = item["currency"]
    lines = [_left(item, by_stage, proof)] if any(stage in by_stage for stage in _OPEN) else []
    for stage, told in (
        ("claimed", "paid, net of what was taken back"),
        ("denied", "denied"),
        ("reversed", "taken back"),
    ):
        if stage in by_stage:
            units, money = int(by_stage[stage]["units"]), by_stage[stage]["amount"]
            lines.append(f"{number(units)} {told}: **{amount(money, currency)}**")
    return lines


def _left(item: Row, by_stage: dict[str, Row], proof: pd.DataFrame) -> str:
    left = [by_stage[stage] for stage in _OPEN if stage in by_stage]
    units = sum(int(row["units"]) for row in left)
    gone = [(int(item["units_in_kind"]), _in_kind(item, proof))]
    gone += [
        (int(by_stage[stage]["units"]), word)
        for stage, word in (("claimed", "paid"), ("denied", "denied"), ("reversed", "taken back"))
        if stage in by_stage
    ]
    terms = [f"{number(item['units'])} {happened.in_a_word(item['category'])}"]
    terms += [f"{number(units)} {word}" for units, word in gone if units]
    counted = " − ".join(terms) + (f" = {number(units)}" if len(terms) > 1 else "")
    if item["unit_value"] is None:
        return f"{counted}, whose value is not known yet"
    money = sum((row["amount"] for row in left), Decimal(0))
    rest = money - units * item["unit_value"]
    each = f"{amount(item['unit_value'], item['currency'])} ({_basis(item, proof)})"
    more = f" + {amount(rest, item['currency'])} that a unit paid in part still lacks" if rest else ""
    return f"{counted} × {each}{more} = **{amount(money, item['currency'])}**"


def _in_kind(item: Row, proof: pd.DataFrame) -> str:
    found = proof.loc[proof["role"] == "found", "units"].sum()
    return "found" if found == item["units_in_kind"] else "settled in kind"


def _basis(item: Row, proof: pd.DataFrame) -> str:
    words = basis(item["value_basis"])
    days = [each for each in proof.loc[proof["role"] == "value", "day"] if each is not None]
    if not days:
        return _lowered(words)
    when = f"valid from {day(days[0])}" if item["value_basis"] == "sourcing_cost" else f"on {day(days[0])}"
    return f"{_lowered(words)}, {when}"


def timeline(item: Row, proof: pd.DataFrame, cases: pd.DataFrame) -> list[Step]:
    """Events and the dates of the claim window, oldest first."""
    steps = [*_of_rows(item, proof), *_of_cases(cases), *_of_window(item)]
    return sorted(steps, key=lambda step: step.on)


def _of_rows(item: Row, proof: pd.DataFrame) -> Iterator[Step]:
    word = happened.in_a_word(item["category"])
    if item["event_on"] and item["origin"] == "event":
        yield Step(item["event_on"], "flag", f"{count(int(item['units']), 'unit')} {word}")
    for _, row in proof.iterrows():
        if row["day"] is None:
            continue
        units = count(abs(int(row["units"] or 0)), "unit")
        money, named, code = amount(row["amount"], row["currency"]), _named(row), _code(row)
        match row["role"]:
            case "found":
                yield Step(row["day"], "search", f"{units} found")
            case "paid":
                yield Step(row["day"], "payments", f"{units} paid, **{money}**{named}", code)
            case "reversed":
                yield Step(row["day"], "undo", f"{units} taken back, **{money}**{named}", code)


def _named(row: Row) -> str:
    """The reimbursement id and the reason's label, if the row has them."""
    told = [plain(each) for each in (row["reimbursement_id"], reason(row["reason"] or "")) if each]
    return f" · {' · '.join(told)}" if told else ""


def _code(row: Row) -> str:
    return f"Reason code: {plain(row['reason'])}" if row["reason"] else ""


def _of_cases(cases: pd.DataFrame) -> Iterator[Step]:
    for _, case in cases.iterrows():
        name = f"case {plain(case['case_id'])}"
        if case["opened_on"]:
            yield Step(case["opened_on"], "folder_open", f"{name} opened for {count(int(case['units']), 'unit')}")
        if case["decided_on"]:
            yield Step(case["decided_on"], "gavel", f"{name} decided")
        if case["closed_on"]:
            yield Step(case["closed_on"], "lock", f"{name} closed")


def _of_window(item: Row) -> Iterator[Step]:
    if item["opens_on"] and item["window_rule"]:
        yield Step(item["opens_on"], "lock_open", "first day of the claim window")
    if item["deadline_on"]:
        yield Step(item["deadline_on"], "alarm", "last day of the claim window")


def rule(item: Row) -> str:
    """The rule of the claim window in a sentence."""
    if item["review_code"] in ("clock_unknown", "window_unknown"):
        return "Its claim window is not known yet, so no deadline is shown."
    if not item["window_rule"]:
        return "No published deadline: it can be claimed, and never expires."
    months = item["closes_after_months"]
    closes = count(int(months), "month") if months is not None else ""
    clock = CLOCKS.get(item["clock"], str(item["clock"]))
    opens = int(item["opens_after_days"] or 0)
    if item["closes_after_days"] is not None:
        told = f"Claimable from day {opens} through day {int(item['closes_after_days'])}, counted from {clock}."
    else:
        ends = f"through {closes}" if closes else "on, without an end"
        told = f"Claimable from day {opens} {ends}, counted from {clock}."
    if item["event_on"] and item["opens_on"] and (item["opens_on"] - item["event_on"]).days > opens:
        told += f" An automatic payment may arrive until {day(item['opens_on'])}, so it is Future until then."
    return told
