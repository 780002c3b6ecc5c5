"""Finds what belongs to the same goods: the lots that a payment, a find or a case can settle, and the parts it can
take back.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from core.settle.facts import Goods
from core.settle.lot import Lot, Part

Name = tuple[str, str, str]


class Shelf:
    """The lots of an account by category and the names of their goods, and the parts that were paid, oldest first."""

    def __init__(self) -> None:
        self._lots: dict[str, dict[Name, list[Lot]]] = {}
        self._parts: dict[Name, list[Part]] = defaultdict(list)

    def put(self, lot: Lot, category: str, goods: Goods) -> None:
        """Put a lot behind those that are older."""
        named = self._lots.setdefault(category, defaultdict(list))
        for name in goods.names:
            named[name].append(lot)

    def lots(self, goods: Goods, categories: Collection[str] | None = None) -> Sequence[Lot]:
        """The lots of the same goods that have unsettled units, oldest first: of some categories, by default all.

        In each category they stand under the surest name that any of its lots ever had. A less sure name (the ASIN,
        say) does not take over once all lots of these goods are settled: what is paid beyond them is not for others.
        """
        wanted = [named for category, named in self._lots.items() if categories is None or category in categories]
        found = [lots for named in wanted if (lots := _unsettled(named, goods))]
        if len(found) == 1:
            return found[0]
        return sorted((lot for lots in found for lot in lots), key=lambda lot: lot.number)

    def note(self, part: Part, goods: Goods) -> None:
        """Remember a part that was paid for these goods."""
        for name in goods.names:
            self._parts[name].append(part)

    def parts(self, goods: Goods) -> Sequence[Part]:
        """The parts that were paid for the same goods, oldest first, under the surest name by which there are any."""
        return next((self._parts[name] for name in goods.names if name in self._parts), ())


def _unsettled(named: dict[Name, list[Lot]], goods: Goods) -> list[Lot]:
    for name in goods.names:
        if name in named:
            named[name] = [lot for lot in named[name] if not lot.is_settled]  # what is settled never opens again
            by_order = name[1] in ("order", "shipment")
            return [lot for lot in named[name] if _belongs(lot.origin.goods, goods, by_order=by_order)]
    return []


def _belongs(one: Goods, other: Goods, *, by_order: bool) -> bool:
    """Whether goods found under one name belong together: the products of an order are told apart by theirs, and a
    product's orders by which they are.
    """
    return one.is_same_as(other) if by_order else one.is_of_same_order(other)
