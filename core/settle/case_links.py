"""Which reimbursement rows name which case."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from core.settle.facts import CaseEntry, Facts, Payment
from core.settle.lot import Part
from core.settle.replay_state import Outcome

Key = tuple[str, str]
"""What names a case: its marketplace and its id."""
Filed = Mapping[Key, Sequence[CaseEntry]]


@dataclass
class Named:
    """The payments that name a case, the parts that were settled by them, and what they took back from nothing."""

    payments: list[Payment] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    taken_back: Decimal = Decimal(0)

    @property
    def recovered(self) -> Decimal:
        """The amount, net of what was taken back."""
        return sum((part.amount for part in self.parts), -self.taken_back)

    @property
    def units(self) -> int:
        """The units that were paid, in cash or in inventory, net of those taken back."""
        return sum(part.units for part in self.parts)

    @property
    def units_of_items(self) -> Counter[UUID]:
        """The same by item."""
        units: Counter[UUID] = Counter()
        for part in self.parts:
            units[part.lot.item_id] += part.units
        return +units


def naming_rows(facts: Facts, outcome: Outcome, filed: Filed) -> Mapping[Key, Named]:
    """What names each case: those that are filed, and those that only payments name."""
    keys = _cases_named(facts, filed)
    naming: dict[Key, Named] = {key: Named() for key in (*filed, *keys.values())}
    for payment in sorted(facts.payments, key=_in_time):
        if payment.row_id in keys:
            naming[keys[payment.row_id]].payments.append(payment)
    for part in outcome.parts:
        if part.payment.row_id in keys:
            naming[keys[part.payment.row_id]].parts.append(part)
    for payment, amount in outcome.taken_back_without_original:
        if payment.row_id in keys:
            naming[keys[payment.row_id]].taken_back += amount
    return naming


def _cases_named(facts: Facts, filed: Filed) -> dict[UUID, Key]:
    """The case that each payment (by its row) names: of its marketplace, or, since many rows do not tell theirs, of
    its currency.

    Rows of another currency than the case's name none: they can not be added to it.
    """
    currencies = {key: entries[0].currency for key, entries in filed.items()}
    filed_under: dict[str, list[Key]] = {}
    for key in sorted(filed):
        filed_under.setdefault(key[1], []).append(key)
    named: dict[UUID, Key] = {}
    for payment in sorted((payment for payment in facts.payments if payment.case_id), key=_in_time):
        own = (payment.marketplace, payment.case_id)
        others = (key for key in filed_under.get(payment.case_id, ()) if currencies[key] == payment.currency)
        key = own if own in filed else next(others, own)
        if currencies.setdefault(key, payment.currency) == payment.currency:
            named[payment.row_id] = key
    return named


def _in_time(payment: Payment) -> tuple[str, str]:
    return payment.paid_on.isoformat(), str(payment.row_id)
