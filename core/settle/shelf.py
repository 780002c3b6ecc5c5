"""Finds what belongs to the same goods: the lots that a payment, a find or a case can settle, and the parts it can
take back.
"""

from collections import defaultdict, deque
from collections.abc import Iterable

from core.settle.facts import Goods
from core.settle.lot import Lot, Part

Name = tuple[str, str, str]


class Shelf:
    """The lots of an account and the parts that were paid, by the names of their goods, oldest first."""

    def __init__(self) -> None:
        self._lots: dict[Name, deque[Lot]] = defaultdict(deque)
        self._parts: dict[Name, list[Part]] = defaultdict(list)

    def put(self, lot: Lot, goods: Goods) -> None:
        """Put a lot behind those that are older."""
        for name in goods.names():
            self._lots[name].append(lot)

    def lots(self, goods: Goods) -> Iterable[Lot]:
        """The lots of the same goods that have unsettled units: under the surest name by which there are any."""
        for name in goods.names():
            lots = self._lots.get(name)
            while lots and lots[0].is_settled:  # settled from the oldest on, and what is settled never opens again
                lots.popleft()
            if lots:
                return lots
        return ()

    def note(self, part: Part, goods: Goods) -> None:
        """Remember a part that was paid for these goods."""
        for name in goods.names():
            self._parts[name].append(part)

    def parts(self, goods: Goods) -> list[Part]:
        """The parts that were paid for the same goods, oldest first."""
        return next((self._parts[name] for name in goods.names() if self._parts.get(name)), [])
