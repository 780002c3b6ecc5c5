"""The columns of a list in SQL, and what its rows are sorted by, by the names of its columns."""

from collections.abc import Collection, Iterable, Mapping

_REVERSED = " reversed"

Orders = Mapping[str, tuple[str, ...]]
"""Orders of a list by name: the columns that each goes by. Each grows from what is shown first, so that one comparison
finds the next page; the first order says what comes next where two rows are alike in another column.
"""


def selected(names: Iterable[str], computed: Mapping[str, str], table: str) -> str:
    """The columns of these names in SQL: as they are `computed`, else the columns of the `table` (its alias).

    Raises ValueError for a name that is none.
    """
    distinct = tuple(dict.fromkeys(names))
    if wrong := [name for name in distinct if not (name.isascii() and name.isidentifier())]:
        raise ValueError(f"{wrong} are no names of columns")
    return ", ".join(f"{computed.get(name, f'{table}.{name}')} as {name}" for name in distinct)


def reversed_order(order: str) -> str:
    """The same order from its other end."""
    return order + _REVERSED


def named(order: str) -> tuple[str, bool]:
    """The name of an order, and whether it is reversed."""
    name = order.removesuffix(_REVERSED)
    return name, name != order


def sorted_by(order: str, orders: Orders, columns: Collection[str]) -> str:
    """The `order by` of an order, or of one of the columns: then what is not known comes last either way.

    Raises ValueError where it is neither.
    """
    name, is_reversed = named(order)
    if name not in orders and name not in columns:
        raise ValueError(f"{order} is no order of this list")
    first, *rest = orders[name] if name in orders else (name, *next(iter(orders.values())))
    leading = f"{first} desc" if is_reversed else first
    if name not in orders:
        leading = f"nullif(cast({name} as text), '') is null, {leading}"
    return ", ".join((leading, *rest))


def behind(key: Iterable[str], names: Iterable[str]) -> str:
    """The condition in SQL that a row comes behind the position whose sort key is bound as `after_` and each name."""
    return f"({', '.join(key)}) > ({', '.join(f':after_{name}' for name in names)})"
