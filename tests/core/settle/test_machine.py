"""A seller's history in any order: units are lost, paid, taken back, found, claimed, denied; reports are corrected.

The laws of the money hold after every step: on the facts alone for many histories, in the database for some.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, text

from core.laws.run import FOLDER
from core.settle.facts import CaseEntry, Cash, Cost, Event, Find, Goods, Hint, Payment
from core.settle.replay import replay
from tests.core.reports import Reports, as_of_date
from tests.core.settle.story import (
    MUG,
    PAN,
    Fact,
    Told,
    cash,
    claim,
    costs,
    found,
    hint,
    lost,
    named_together,
    ordered,
    paid,
)
from tests.core.settle.test_histories import (
    cases_are_whole,
    every_unit_is_in_one_place,
    no_rule_of_settling_is_broken,
    what_is_claimed_is_what_was_paid,
)

FIRST = date(2026, 1, 1)
LOST, DAMAGED, RETURN, FEE = "inventory_lost", "inventory_damaged", "return_lost", "fulfilment_fee_overcharge"

DAYS = st.integers(0, 120).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
UNITS = st.integers(1, 4)
AMOUNTS = st.integers(1, 4000).map(lambda cents: str(Decimal(cents).scaleb(-2)))
GOODS = st.sampled_from([MUG, MUG, PAN, ordered("111-1"), ordered("111-2")])
KINDS = st.sampled_from([LOST, LOST, DAMAGED, RETURN, FEE])
CASES = st.sampled_from(["7", "8", "9"])


class History(RuleBasedStateMachine):
    """What can happen to a seller. `add` and `remove` say what that is for whom it happens to."""

    losses: Bundle[Event] = Bundle("losses")
    payments: Bundle[Payment] = Bundle("payments")
    claims: Bundle[CaseEntry] = Bundle("claims")

    def add(self, fact: Fact) -> None:
        """Let a report have a row more."""
        raise NotImplementedError

    def remove(self, fact: Fact) -> None:
        """Let a corrected report no longer have a row."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        """The seller's own cost is known for some of the goods."""
        self.add(costs("12.00"))

    @rule(target=losses, units=UNITS, on=DAYS, goods=GOODS, category=KINDS)
    def lose(self, units: int, on: str, goods: Goods, category: str) -> Event:
        """Units are lost, damaged, not returned; a fee is charged too high."""
        deadline = (date.fromisoformat(on) + timedelta(days=60)).isoformat()
        event = lost(1 if category == FEE else units, on=on, goods=goods, category=category, deadline=deadline)
        self.add(event)
        return event

    @rule(event=consumes(losses))
    def correct(self, event: Event) -> None:
        """A corrected report has the row no more."""
        self.remove(event)

    @rule(
        target=payments,
        units=st.integers(0, 4),
        inventory=st.integers(0, 2),
        amount=AMOUNTS,
        on=DAYS,
        goods=GOODS,
        category=st.none() | KINDS,
        case=st.just("") | CASES,
    )
    def pay(
        self, units: int, inventory: int, amount: str, on: str, goods: Goods, category: str | None, case: str
    ) -> Payment:
        """The marketplace pays, in money and in units."""
        payment = paid(units, amount, on=on, inventory=inventory, case=case, goods=goods, category=category)
        self.add(payment)
        return payment

    @rule(payment=payments, units=st.integers(0, 4), amount=AMOUNTS, on=DAYS, is_found=st.booleans())
    def reverse(self, payment: Payment, units: int, amount: str, on: str, is_found: bool) -> None:
        """It takes back what it paid, less or more, because units were found or for no such reason."""
        self.add(
            paid(
                -units,
                f"-{amount}",
                on=on,
                inventory=units if is_found else 0,
                goods=payment.goods,
                category=payment.category,
                original=payment.reimbursement_id,
            )
        )

    @rule(units=st.integers(0, 2), amount=AMOUNTS, on=DAYS, goods=GOODS)
    def claw_back(self, units: int, amount: str, on: str, goods: Goods) -> None:
        """It takes something back without saying what."""
        self.add(paid(-units, f"-{amount}", on=on, goods=goods, category="other"))

    @rule(units=UNITS, on=DAYS, goods=GOODS, is_transfer=st.booleans())
    def find(self, units: int, on: str, goods: Goods, is_transfer: bool) -> None:
        """Units turn up again."""
        self.add(found(units, on=on, goods=replace(goods, order_id=""), transfer=is_transfer))

    @rule(payment=payments, amount=AMOUNTS, on=DAYS, names_it=st.booleans())
    def top_up(self, payment: Payment, amount: str, on: str, names_it: bool) -> None:
        """It pays more for what it paid before: by the payment's name, or as a new evaluation of the goods."""
        original = payment.reimbursement_id if names_it else ""
        reason = "" if names_it else "RE_EVALUATION"
        self.add(paid(1, amount, on=on, goods=payment.goods, category="other", original=original, reason=reason))

    @rule(units=st.integers(1, 2), on=DAYS, goods=st.sampled_from([MUG, PAN]))
    def lose_a_find(self, units: int, on: str, goods: Goods) -> None:
        """What was found was not there after all."""
        self.add(found(-units, on=on, goods=goods))

    @rule(amount=AMOUNTS, on=DAYS, goods=GOODS)
    def pay_unreported(self, amount: str, on: str, goods: Goods) -> None:
        """A settlement has cash that no reimbursement tells."""
        self.add(cash(amount, on=on, goods=goods))

    @rule(units=UNITS, on=DAYS, goods=st.sampled_from([MUG, PAN]))
    def grade_again(self, units: int, on: str, goods: Goods) -> None:
        """Damaged units are graded sellable again."""
        self.add(hint(units, on=on, goods=goods))

    @rule(goods=st.sampled_from([MUG, PAN]))
    def name_together(self, goods: Goods) -> None:
        """Reports name the goods together, as one product."""
        self.add(named_together(MUG.sku, goods))

    @rule(target=claims, case=CASES, units=st.none() | UNITS, on=DAYS, goods=GOODS)
    def open_case(self, case: str, units: int | None, on: str, goods: Goods) -> CaseEntry:
        """A case is opened."""
        entry = claim(case, on=on, units=units, goods=goods)
        self.add(entry)
        return entry

    @rule(
        target=claims,
        entry=consumes(claims),
        decision=st.sampled_from(["", "approved", "partially_approved", "denied"]),
        days=st.integers(0, 60),
        is_closed=st.booleans(),
    )
    def decide(self, entry: CaseEntry, decision: str, days: int, is_closed: bool) -> CaseEntry:
        """It is decided, closed, or opened again."""
        day = entry.opened_on + timedelta(days=days)
        decided = replace(
            entry, decision=decision, decided_on=day if decision else None, closed_on=day if is_closed else None
        )
        self.remove(entry)
        self.add(decided)
        return decided

    @rule(entry=consumes(claims))
    def drop_case(self, entry: CaseEntry) -> None:
        """A corrected case file has it no more."""
        self.remove(entry)


class OnFacts(History):
    """The history as settlement sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[Fact] = []

    def add(self, fact: Fact) -> None:
        self.facts.append(fact)

    def remove(self, fact: Fact) -> None:
        self.facts.remove(fact)

    @invariant()
    def units_and_money_are_whole(self) -> None:
        """Every unit is in one place, claimed is what was paid, no rule of settling is broken."""
        after = Told(self.facts)
        every_unit_is_in_one_place(after)
        what_is_claimed_is_what_was_paid(after)
        no_rule_of_settling_is_broken(after)
        cases_are_whole(after)

    @invariant()
    def what_came_first_does_not_matter(self) -> None:
        """The same facts in another order give the same."""
        forwards, backwards = (replay(Told(facts).facts) for facts in (self.facts, self.facts[::-1]))
        assert [(lot.item_id, lot.detected) for lot in forwards.lots] == [
            (lot.item_id, lot.detected) for lot in backwards.lots
        ]


REASONS = {
    LOST: "Lost_Warehouse",
    DAMAGED: "Damaged_Warehouse",
    RETURN: "CustomerReturn",
    FEE: "Fee_Correction",
    "other": "Compensated_Clawback",
    None: "Something_New",
}


class InDatabase(History):
    """The history as reports tell it, detected and settled after each step."""

    connection: ClassVar[Connection]
    accounts: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        InDatabase.accounts += 1
        self.reports = Reports(self.connection, f"SELLER-{InDatabase.accounts}")
        self.rows: dict[UUID, tuple[str, UUID]] = {}

    def add(self, fact: Fact) -> None:
        match fact:
            case Cost():
                self.reports.costs(str(fact.unit_cost), since=str(fact.valid_from))
            case Event() if fact.category in (LOST, DAMAGED):
                code = "M" if fact.category == LOST else "E"
                row = self.reports.adjusted(-fact.units, code, on=str(fact.event_on), goods=_named(fact.goods))
                self.rows[fact.row_id] = ("inventory_event", row)
            case Find():
                code = "N" if fact.is_transfer else "F"
                self.reports.adjusted(fact.units, code, on=str(fact.found_on), goods=_named(fact.goods))
            case Payment():
                self._reimburse(fact)
            case Cash():
                order, sku = fact.goods.order_id, fact.goods.sku
                self.reports.settled(fact.reason, str(fact.amount), on=str(fact.paid_on), order=order, sku=sku)
            case Hint():
                self._grade_again(fact)
            case CaseEntry():
                row = self.reports.filed(
                    fact.case_id,
                    on=str(fact.opened_on),
                    units=fact.claimed_units,
                    decision=fact.decision,
                    decided=_text(fact.decided_on),
                    closed=_text(fact.closed_on),
                    order=fact.goods.order_id,
                    goods=_named(fact.goods),
                )
                self.rows[fact.row_id] = ("case_entry", row)

    def remove(self, fact: Fact) -> None:
        assert isinstance(fact, Event | CaseEntry)
        if fact.row_id in self.rows:
            self.reports.forget(*self.rows.pop(fact.row_id))

    def _reimburse(self, payment: Payment) -> None:
        self.reports.reimbursed(
            payment.units_cash,
            str(payment.amount),
            on=str(payment.paid_on),
            inventory=payment.units_inventory,
            case=payment.case_id,
            name=payment.reimbursement_id,
            original=payment.original_reimbursement_id,
            reason=payment.reason or REASONS[payment.category],
            order=payment.goods.order_id,
            goods=_named(payment.goods),
        )

    def _grade_again(self, hint: Hint) -> None:
        for units, code, state in ((-hint.units, "Q", "WAREHOUSE_DAMAGED"), (hint.units, "P", "SELLABLE")):
            self.reports.adjusted(units, code, on=str(hint.happened_on), disposition=state, goods=_named(hint.goods))

    @invariant()
    def the_laws_hold_on_any_day(self) -> None:
        """As queries that return no row; what was detected and claimed does not depend on the day."""
        self.reports.detect()
        seen = set()
        for day in (FIRST, FIRST + timedelta(days=90), FIRST + timedelta(days=400)):
            as_of_date(self.connection, day.isoformat())
            for law in ("adds_up", "claimed_is_paid", "units_in_one_stage"):
                assert self.connection.execute(text((FOLDER / f"{law}.sql").read_text())).all() == [], (law, day)
            items = self.reports.items(day.isoformat())
            seen.add((sum(item["detected"] for item in items), sum(item["claimed"] for item in items)))
        assert len(seen) == 1

    def teardown(self) -> None:
        self.connection.execute(text("delete from item where account_id = :id"), {"id": self.reports.account_id})
        self.connection.execute(
            text("delete from reimbursement where account_id = :id"), {"id": self.reports.account_id}
        )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _named(goods: Goods) -> dict[str, str]:
    return {"sku": goods.sku, "fnsku": goods.fnsku, "asin": goods.asin}


@pytest.mark.slow
def test_the_laws_hold_whatever_happens() -> None:
    run_state_machine_as_test(
        OnFacts, settings=settings(max_examples=60, stateful_step_count=25, deadline=None, derandomize=True)
    )


def test_the_laws_hold_whatever_reports_tell(connection: Connection) -> None:
    InDatabase.connection = connection
    run_state_machine_as_test(
        InDatabase,
        settings=settings(
            max_examples=3,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
