"""Finds what belongs to the same goods: the lots that a payment, a find or a case can settle, and the parts it can
take back.
"""

from collections import defaultdict
from collections.abc import Sequence

from core.settle.facts import Goods
from core.settle.lot import Lot, Part

Name = tuple[str, str, str]


class Shelf:
    """The lots of an account and the parts that were paid, by the names of their goods, oldest first."""

    def __init__(self) -> None:
        self._lots: dict[Name, list[Lot]] = defaultdict(list)
        self._parts: dict[Name, list[Part]] = defaultdict(list)

    def put(self, lot: Lot, goods: Goods) -> None:
        """Put a lot behind those that are older."""
        for name in goods.names:
            self._lots[name].append(lot)

    def lots(self, goods: Goods) -> Sequence[Lot]:
        """The lots of the same goods that have unsettled units: under the surest name that any lot ever had.

        A less sure name (the ASIN, say) does not take over once all lots of these goods are settled: what is paid
        beyond them is not for other goods.
        """
        for name in goods.names:
            if name in self._lots:
                unsettled = [lot for lot in self._lots[name] if not lot.is_settled]
                self._lots[name] = unsettled  # what is settled never opens again
                return tuple(unsettled)
        return ()

    def note(self, part: Part, goods: Goods) -> None:
        """Remember a part that was paid for these goods."""
        for name in goods.names:
            self._parts[name].append(part)

    def parts(self, goods: Goods) -> Sequence[Part]:
        """The parts that were paid for the same goods, oldest first, under the surest name by which there are any."""
        return next((self._parts[name] for name in goods.names if name in self._parts), ())
