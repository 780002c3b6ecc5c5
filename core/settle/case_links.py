"""Links reimbursements to cases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from core.settle.facts import CaseEntry, Facts, Payment
from core.settle.lot import Part
from core.settle.replay_state import Outcome

Key = tuple[str, str]
"""A case's marketplace and id."""
Filed = Mapping[Key, Sequence[CaseEntry]]


@dataclass
class Named:
    """The payments that name a case, the parts that they settled, and reversals without an original."""

    payments: list[Payment] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    taken_back: Decimal = Decimal(0)

    @property
    def recovered(self) -> Decimal:
        """The amount, net of reversals."""
        return sum((part.amount for part in self.parts), -self.taken_back)

    @property
    def units(self) -> int:
        """The units paid in cash or inventory, net of reversals."""
        return sum(part.units for part in self.parts)

    @property
    def units_of_items(self) -> Counter[UUID]:
        """The units paid, net of reversals, by item."""
        units: Counter[UUID] = Counter()
        for part in self.parts:
            units[part.lot.item_id] += part.units
        return +units


def naming_rows(facts: Facts, outcome: Outcome, filed: Filed) -> Mapping[Key, Named]:
    """The links of each case, including cases that only payments name."""
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
    """The case that each payment names, by the payment's row.

    A case matches by marketplace or, since many rows have none, by currency. A row in another currency than the case's
    matches none: the amounts can not be added.
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
