"""Finds that repeat a unit already counted by a payment or reversal.

When Amazon pays in inventory, or reverses a payment because the unit was found, the ledger also books that unit as
returned (code N, or F). It is one unit, counted once, so such a find must not settle another loss (Amazon's ledger
help: `N` is found, or transferred as the result of a reimbursement).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core.settle.facts import Find, Payment
from core.settle.matching import is_of_its_market, units_found

REACH = timedelta(days=45)
"""Maximum days between a find (code F) and the row that already counts its unit."""


@dataclass(slots=True)
class _Returned:
    """Units that a payment or a reversal reports as returned to stock."""

    by: Payment
    units: int

    def may_be(self, find: Find) -> bool:
        """Whether a find can be of these units."""
        is_near = find.is_transfer or abs(self.by.paid_on - find.found_on) <= REACH
        return is_near and find.currency in ("", self.by.currency) and is_of_its_market(find, self.by)


def counted_once(finds: Iterable[Find], payments: Iterable[Payment]) -> dict[UUID, int]:
    """How many units of each find (by its row) a payment or reversal counts already.

    Transfers (code N) are matched first, whatever their date; other finds within REACH. Nearest in time first.
    """
    by_name: dict[tuple[str, str, str], list[_Returned]] = {}
    for payment in payments:
        if (units := _units_back(payment)) > 0:
            entry = _Returned(payment, units)
            for name in payment.goods.names:
                by_name.setdefault(name, []).append(entry)
    counted: dict[UUID, int] = {}
    for find in sorted(finds, key=lambda find: (not find.is_transfer, find.found_on, str(find.row_id))):
        same_goods = next((by_name[name] for name in find.goods.names if name in by_name), [])
        near = [entry for entry in same_goods if entry.units and entry.may_be(find)]
        for entry in sorted(near, key=lambda entry: _distance(entry.by, find)):
            same = min(entry.units, find.units - counted.get(find.row_id, 0))
            entry.units -= same
            counted[find.row_id] = counted.get(find.row_id, 0) + same
    return counted


def _distance(payment: Payment, find: Find) -> tuple[int, str, str]:
    """Days between them; ties prefer the earlier row, which later finds can not reach."""
    return abs((payment.paid_on - find.found_on).days), payment.paid_on.isoformat(), str(payment.row_id)


def _units_back(payment: Payment) -> int:
    """How many units a row returns to stock: paid in inventory, or reversed because they were found."""
    return units_found(payment) if payment.is_reversal else max(payment.units_inventory, 0)
