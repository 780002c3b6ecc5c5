"""An item told in words (Markdown): what happened, when, and how its sum comes about. Reports' texts are plain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from core.claim_windows import CLOCKS
from core.ui.text import happened
from core.ui.text.words import amount, basis, count, day, marketplace, number, plain

Row = Any
"""A row of a frame, by the names of its columns."""

_OPEN = ("future", "ready", "review", "in_case", "expired")


@dataclass(frozen=True)
class Step:
    """One line of the timeline. `text` is Markdown, and so is what hovering it says."""

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
    told = happened.predicate(item["category"], units)
    return f"{plain(where)}: {count(units, 'unit')} of {_goods(item)} {told}{on}."


def _goods(item: Row) -> str:
    named = (("SKU", "sku"), ("FNSKU", "fnsku"), ("ASIN", "asin"), ("GTIN", "gtin"))
    found = next(((label, item[name]) for label, name in named if item[name]), None)
    goods = f"{found[0]} **{plain(found[1])}**" if found else "goods without a name"
    places = (("order", "order_id"), ("shipment", "shipment_id"))
    return ", ".join([goods, *(f"{label} {plain(item[name])}" for label, name in places if item[name])])


def sums(item: Row, stages: pd.DataFrame, proof: pd.DataFrame) -> list[str]:
    """How many and how much: the units that are left and their value, then what became of the others."""
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
        return words[:1].lower() + words[1:]
    when = f"valid from {day(days[0])}" if item["value_basis"] == "sourcing_cost" else f"on {day(days[0])}"
    return f"{words[:1].lower()}{words[1:]}, {when}"


def timeline(item: Row, proof: pd.DataFrame, cases: pd.DataFrame) -> list[Step]:
    """What happened when, oldest first, and the dates of the claim window."""
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
        money, named = amount(row["amount"], row["currency"]), _named(row)
        match row["role"]:
            case "found":
                yield Step(row["day"], "search", f"{units} found")
            case "paid":
                yield Step(row["day"], "payments", f"{units} paid, **{money}**{named}")
            case "reversed":
                yield Step(row["day"], "undo", f"{units} taken back, **{money}**{named}")


def _named(row: Row) -> str:
    """The reimbursement and its reason, where there are any."""
    told = [plain(row[name]) for name in ("reimbursement_id", "reason") if row[name]]
    return f" · {' · '.join(told)}" if told else ""


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
    if item["opens_on"]:
        yield Step(item["opens_on"], "lock_open", "can be claimed from this day")
    if item["deadline_on"]:
        yield Step(item["deadline_on"], "alarm", "last day of the claim window")


def rule(item: Row) -> str:
    """The claim window's rule in a sentence."""
    if not item["window_rule"]:
        return "No published deadline: it can be claimed, and never expires."
    closes = None
    if item["closes_after_days"] is not None:
        closes = count(int(item["closes_after_days"]), "day")
    elif item["closes_after_months"] is not None:
        closes = count(int(item["closes_after_months"]), "month")
    clock = CLOCKS.get(item["clock"], str(item["clock"]))
    opens = int(item["opens_after_days"] or 0)
    begins = f"from {count(opens, 'day')} after it" if opens else "from that day"
    ends = f"until {closes} after it, that day included" if closes else "without an end"
    told = f"The clock starts with {clock}. It can be claimed {begins} {ends}."
    if item["event_on"] and item["opens_on"] and (item["opens_on"] - item["event_on"]).days > opens:
        told += f" Until {day(item['opens_on'])} an automatic payment may arrive, which is waited for."
    return told
