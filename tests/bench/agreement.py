"""Holds what Recoup found against the truth about a simulated world, unit by unit and cent by cent.

A unit agrees where both say the same of it: whose it is, marketplace, category, goods, order, shipment, clock date and
stage. Neither side knows how the other came to its answer.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

STAGES = ("future", "ready", "review", "in_case", "claimed", "expired", "denied", "reversed", "in_kind")
REST = "rest"
"""What is still owed of an amount that was paid in part: money without a unit of its own."""

ALL = "all categories"
PAID_WITHOUT_EVENT = "paid without an event"

Amounts = dict[str, Decimal]
"""By currency: amounts of two currencies never meet."""


class Event(NamedTuple):
    """What an item is about, as both sides name it. Empty where there is no such thing."""

    account: str
    marketplace: str
    category: str
    sku: str
    order_id: str
    shipment_id: str
    event_on: str


@dataclass
class Said:
    """What one side says of one event: its units by stage, and their amounts (None where the value is not known)."""

    units: Counter[str] = field(default_factory=Counter)
    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    currency: str = ""
    notes: list[str] = field(default_factory=list)

    def add(self, stage: str, units: int, amount: Decimal | None) -> None:
        """Add units of a stage."""
        if units or amount:
            known = self.amounts.get(stage, Decimal(0))
            self.units[stage] += units
            self.amounts[stage] = None if known is None or amount is None else known + amount


Side = Mapping[Event, Said]


def truth_of(folder: Path) -> Side:
    """What the truth files say (`CODE.csv`, one an account)."""
    side: dict[Event, Said] = defaultdict(Said)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                about = {name: row[name] for name in Event._fields if name != "account"}
                _tell_truth(side[Event(account=path.stem, **about)], row)
    return dict(side)


def _tell_truth(said: Said, row: Mapping[str, str]) -> None:
    said.currency = row["currency"]
    if row["decoy"]:
        said.notes.append(row["decoy"])
    value = Decimal(row["unit_value"]) if row["unit_value"] else None
    for stage in STAGES:
        units = int(row["units_in_kind" if stage == "in_kind" else stage])
        said.add(stage, units, _amount(stage, units, value, row["claimed_amount"], row["reversed_amount"]))
    said.add(REST, 0, Decimal(row["rest"]))


def found_in(connection: Connection) -> Side:
    """What `reporting.items` says, as of the day that the transaction is set to."""
    side: dict[Event, Said] = defaultdict(Said)
    query = text(
        "select i.*, s.rest, s.reversed from reporting.items as i inner join account as a on a.code = i.account"
        " inner join item as s on s.account_id = a.account_id and s.item_id = i.item_id"
    )
    for row in connection.execute(query).mappings():
        is_payment = row["value_basis"] == "paid"
        event_on = "" if is_payment or row["event_on"] is None else row["event_on"].isoformat()
        # of a removal the truth names the order, and Recoup the parcel too
        shipment_id = "" if row["category"].startswith("removal_") else row["shipment_id"]
        about = {name: row[name] for name in Event._fields}
        said = side[Event(**about | {"event_on": event_on, "shipment_id": shipment_id})]
        _tell_found(said, row)
        said.notes += [PAID_WITHOUT_EVENT] * is_payment + [row["review_reason"]] * bool(row["review_reason"])
    return dict(side)


def _tell_found(said: Said, row: Mapping[Any, Any]) -> None:
    said.currency = row["currency"]
    for stage in STAGES:
        units = row[f"units_{stage}"]
        said.add(stage, units, _amount(stage, units, row["unit_value"], row["claimed"], row["reversed"]))
    said.add(REST, 0, row["rest"])


def _amount(stage: str, units: int, value: Decimal | None, claimed: Any, taken_back: Any) -> Decimal | None:
    if stage in ("claimed", "reversed"):
        return Decimal(claimed if stage == "claimed" else taken_back)
    if stage == "in_kind" or not units:
        return Decimal(0)
    return None if value is None else units * value


@dataclass
class Tally:
    """Units and amounts of one category: those that are stated, those that are true, and those that agree."""

    stated: int = 0
    true: int = 0
    agreeing: int = 0
    stated_amounts: Amounts = field(default_factory=lambda: defaultdict(Decimal))
    true_amounts: Amounts = field(default_factory=lambda: defaultdict(Decimal))
    agreeing_amounts: Amounts = field(default_factory=lambda: defaultdict(Decimal))

    def count(self, found: Said, true: Said) -> None:
        """Count what both sides say of one event."""
        self.stated += found.units.total()
        self.true += true.units.total()
        self.agreeing += (found.units & true.units).total()
        for stage in found.amounts.keys() | true.amounts.keys():
            is_unknown = true.amounts.get(stage, Decimal(0)) is None  # the truth states no value: nothing to compare
            if not is_unknown:
                stated, due = found.amounts.get(stage) or Decimal(0), true.amounts.get(stage) or Decimal(0)
                self.stated_amounts[found.currency or true.currency] += stated
                self.true_amounts[true.currency or found.currency] += due
                if found.currency == true.currency:
                    self.agreeing_amounts[true.currency] += max(min(stated, due), Decimal(0))

    def precision(self) -> float:
        """The share of the units stated that is true."""
        return self.agreeing / self.stated if self.stated else 1.0

    def recall(self) -> float:
        """The share of the true units that is stated."""
        return self.agreeing / self.true if self.true else 1.0

    def precision_of_money(self) -> tuple[float, str]:
        """The share of the amounts stated that is true, in the currency in which it is least."""
        return _least(self.agreeing_amounts, self.stated_amounts)

    def recall_of_money(self) -> tuple[float, str]:
        """The share of the true amounts that is stated, in the currency in which it is least."""
        return _least(self.agreeing_amounts, self.true_amounts)

    def add(self, other: "Tally") -> None:
        """Add another world's."""
        self.stated += other.stated
        self.true += other.true
        self.agreeing += other.agreeing
        for name in ("stated_amounts", "true_amounts", "agreeing_amounts"):
            for currency, amount in getattr(other, name).items():
                getattr(self, name)[currency] += amount


def _least(part: Amounts, whole: Amounts) -> tuple[float, str]:
    shares = ((float(part[currency] / amount), currency) for currency, amount in whole.items() if amount > 0)
    return min(shares, default=(1.0, ""))


@dataclass(frozen=True)
class Disagreement:
    """An event of which the two sides do not say the same."""

    event: Event
    found: Said
    true: Said

    def show(self) -> str:
        """What each side says, on one line."""
        about = ", ".join(name for name in self.event if name)
        return f"{about}: Recoup says {_told(self.found)}; the truth is {_told(self.true)}"


def _told(said: Said) -> str:
    units = ", ".join(
        f"{number} {stage}" + (f" ({said.amounts[stage]} {said.currency})" if said.amounts.get(stage) else "")
        for stage, number in said.units.items()
        if number or said.amounts.get(stage)
    )
    notes = "; ".join(dict.fromkeys(said.notes))
    return f"{units or 'nothing'}{f' [{notes}]' if notes else ''}"


@dataclass
class Agreement:
    """What comparing the two sides gives: tallies by category and by story, and where they differ."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    stories: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    disagreements: list[Disagreement] = field(default_factory=list)
    ready_decoys: list[Disagreement] = field(default_factory=list)
    decoys: int = 0

    def add(self, other: "Agreement") -> None:
        """Add another world's."""
        for category, tally in other.tallies.items():
            self.tallies[category].add(tally)
        for story, tally in other.stories.items():
            self.stories[story].add(tally)
        self.disagreements += other.disagreements
        self.ready_decoys += other.ready_decoys
        self.decoys += other.decoys


def compare(found: Side, true: Side) -> Agreement:
    """Hold what was found against the truth."""
    agreement, decoys = Agreement(), _places(true)
    agreement.decoys = len(decoys)
    for event in sorted(found.keys() | true.keys()):
        said, is_true = found.get(event, Said()), true.get(event, Said())
        for category in (event.category, ALL):
            agreement.tallies[category].count(said, is_true)
        for story in set(is_true.notes):
            agreement.stories[story].count(said, is_true)
        if said.units - is_true.units or is_true.units - said.units or _amounts_differ(said, is_true):
            disagreement = Disagreement(event, said, is_true)
            agreement.disagreements.append(disagreement)
            if said.units["ready"] > is_true.units["ready"] and not decoys.isdisjoint(_names(event)):
                agreement.ready_decoys.append(disagreement)
    return agreement


def _amounts_differ(found: Said, true: Said) -> bool:
    return any(amount is not None and amount != found.amounts.get(stage, 0) for stage, amount in true.amounts.items())


def _places(true: Side) -> set[tuple[str, ...]]:
    """Where the truth has laid its decoys."""
    return {name for event, said in true.items() if set(said.notes) - {PAID_WITHOUT_EVENT} for name in _names(event)}


def _names(event: Event) -> Iterator[tuple[str, ...]]:
    """The names by which an event is recognised even where the sides do not agree on all of it: its order or shipment
    and goods, and without these its goods and day.
    """
    place = (event.account, event.category, event.sku)
    if event.order_id or event.shipment_id:
        yield (*place, event.order_id, event.shipment_id)
    else:
        yield (*place, event.event_on)
