"""Texts of a case's page (Markdown): the reason for its status, and its history. Report text is escaped."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from core.ui.item.story import Step
from core.ui.text.words import amount, count, day, number, plain, reason

Row = Any
"""A data frame's row, indexed by column name."""

PAID_WITHOUT = "Paid without this case"
"""The note of a case whose units were paid automatically in the meantime (core/settle/cases.py)."""

DECISIONS = {"approved": "approved", "partially_approved": "approved in part", "denied": "denied"}


def why(case: Row) -> str:
    """The reason for the case's status, in a sentence."""
    match case["status"]:
        case "fully_reimbursed":
            return f"All that was filed has been recovered: {_of_filed(case)}."
        case "partially_reimbursed":
            return f"{_of_filed(case)} recovered."
        case "not_eligible":
            return f"The marketplace denied it{_on(case['decided_on'])}, and nothing was recovered."
        case "closed":
            return f"It was closed{_on(case['closed_on'])} without a stated outcome, and nothing was recovered."
    # only open cases from here on
    if case["outcome"] in ("approved", "partially_approved"):
        decided = f"{DECISIONS[case['outcome']]}{_on(case['decided_on'])}"
        return f"It was {decided}, and nothing has been recovered through it yet."
    return "Nothing has been decided yet, and nothing recovered through it."


def _of_filed(case: Row) -> str:
    """Recovered of filed, in units (`3 of 6 units`) or, if the filed units are unknown, in money, as for the status."""
    if case["claimed_units"] is not None:
        return f"{number(case['recovered_units'])} of {count(int(case['claimed_units']), 'unit')}"
    recovered = amount(case["recovered_amount"], case["currency"])
    if case["claimed_amount"] is None:
        return f"{recovered} of an amount that is not known"
    return f"{recovered} of {amount(case['claimed_amount'], case['currency'])}"


def _on(when: Any) -> str:
    return f" on {day(when)}" if when else ""


def appeal(case: Row) -> str:
    """Until when Walmart accepts an appeal of the denial; empty if the case has no appeal window."""
    if case["status"] != "not_eligible" or case["appeal_until"] is None:
        return ""
    until, left = day(case["appeal_until"]), int(case["appeal_days"])
    if left < 0:
        return f"The denial is final: the one appeal was possible until {until}."
    return f"Walmart takes one appeal, until **{until}**: {count(left, 'day')} left, that day included."


def marks(case: Row) -> list[str]:
    """Special marks of a case: filed elsewhere, paid without this case."""
    found = ["Filed elsewhere"] if case["origin"] == "filed_elsewhere" else []
    return [*found, PAID_WITHOUT] if PAID_WITHOUT in case["note"].split("; ") else found


def note(case: Row) -> str:
    """The case's note, without the parts that are shown as marks."""
    return "; ".join(each for each in case["note"].split("; ") if each != PAID_WITHOUT)


def history(case: Row, payments: pd.DataFrame) -> list[Step]:
    """The case's events, oldest first."""
    return sorted([*_dates(case), *_paid(payments), *_end(case)], key=lambda step: step.on)


def _dates(case: Row) -> Iterator[Step]:
    if case["opened_on"]:
        yield Step(case["opened_on"], "folder_open", "opened")
    if case["decided_on"]:
        yield Step(case["decided_on"], "gavel", DECISIONS.get(case["outcome"], "decided"))


def _end(case: Row) -> Iterator[Step]:
    if case["closed_on"]:
        yield Step(case["closed_on"], "lock", "closed")


def _paid(payments: pd.DataFrame) -> Iterator[Step]:
    for _, row in payments.iterrows():
        took_back = row["amount"] < 0
        told = f"{'taken back' if took_back else 'paid'}, **{amount(row['amount'], row['currency'])}**"
        why = f" · {plain(reason(row['reason']))}" if row["reason"] else ""
        without = "" if row["is_of_case"] else " · without this case"
        codes = [plain(row[name]) for name in ("reason", "reimbursement_id") if row[name]]
        yield Step(
            row["approved_on"],
            "undo" if took_back else "payments",
            f"{told}{why}{without}",
            " · ".join(codes),
        )
