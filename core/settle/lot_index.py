"""Index of lots and paid parts by goods: what a payment, find or case can settle, and what a reversal can undo."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from core.settle.facts import CONTAINER, Goods
from core.settle.lot import Lot, Part

Name = tuple[str, str, str]
Named = dict[Name, list[Lot]]


class _Category:
    """The lots of one category by every name of their goods; lots without order and shipment are indexed separately as
    well.
    """

    def __init__(self) -> None:
        self._all: Named = defaultdict(list)
        self._loose: Named = defaultdict(list)

    def put(self, lot: Lot, goods: Goods) -> None:
        for name in goods.names:
            self._all[name].append(lot)
            if not goods.is_of_an_order:
                self._loose[name].append(lot)

    def under(self, names: Collection[Name]) -> Iterator[Lot]:
        """The unsettled lots under any of the names."""
        for name in names:
            yield from _unsettled(self._all, name)

    def unsettled(self, goods: Goods) -> list[Lot]:
        """The unsettled lots under the most specific known name.

        The products of an order are distinguished by their product names. A row that names an order and is looked up by
        product finds only lots without an order: it would have found its own order's lots before.
        """
        for name in goods.names:
            if name not in self._all:
                continue
            if name[1] == CONTAINER:
                return [lot for lot in _unsettled(self._all, name) if lot.origin.goods.is_same_as(goods)]
            return _unsettled(self._loose if goods.is_of_an_order else self._all, name)
        return []


class LotIndex:
    """The lots of an account by category and name of their goods, and the paid parts, oldest first."""

    def __init__(self) -> None:
        self._lots: dict[str, _Category] = defaultdict(_Category)
        self._parts: dict[Name, list[Part]] = defaultdict(list)

    def put(self, lot: Lot, category: str, goods: Goods) -> None:
        """Add a lot behind the older ones."""
        self._lots[category].put(lot, goods)

    def lots(self, goods: Goods, categories: Collection[str] | None = None) -> Sequence[Lot]:
        """The unsettled lots of the same goods, oldest first; of some categories, by default all.

        Each category uses the most specific name that any of its lots ever had. A less specific name (such as the ASIN)
        does not take over once all lots of these goods are settled: a payment beyond them is not for other goods.
        """
        wanted = [lots for category, lots in self._lots.items() if categories is None or category in categories]
        found = [lots for named in wanted if (lots := named.unsettled(goods))]
        if len(found) == 1:
            return found[0]
        return _in_time(lot for lots in found for lot in lots)

    def note(self, part: Part, goods: Goods) -> None:
        """Record a paid part for these goods."""
        for name in goods.names:
            self._parts[name].append(part)

    def parts(self, goods: Goods) -> Sequence[Part]:
        """The paid parts of the same goods, oldest first, under the most specific name that has any."""
        return next((self._parts[name] for name in goods.names if name in self._parts), ())

    def parts_of_order(self, goods: Goods) -> Sequence[Part]:
        """The paid parts of the named order, oldest first."""
        return self._parts.get((goods.channel, CONTAINER, goods.order_id), ())

    def lots_of_order(self, goods: Goods) -> Sequence[Lot]:
        """The unsettled lots of the named order, removal or shipment whose goods can be the same, oldest first."""
        named = [name for name in goods.names if name[1] == CONTAINER]
        return _in_time(
            lot
            for category in self._lots.values()
            for lot in category.under(named)
            if lot.origin.goods.is_same_as(goods)
        )

    def lots_under(self, names: Collection[Name]) -> Sequence[Lot]:
        """The unsettled lots whose goods have any of these names, oldest first."""
        return _in_time(lot for category in self._lots.values() for lot in category.under(names))


def _in_time(lots: Iterable[Lot]) -> list[Lot]:
    return sorted(dict.fromkeys(lots), key=lambda lot: lot.number)


def _unsettled(named: Named, name: Name) -> list[Lot]:
    if name not in named:
        return []
    named[name] = [lot for lot in named[name] if not lot.is_settled]  # a settled lot never opens again
    return named[name]
