"""SQL of a list's columns and of its sort order, by column name."""

from collections.abc import Collection, Iterable, Mapping

_REVERSED = " reversed"

Orders = Mapping[str, tuple[str, ...]]
"""Sort orders of a list by name: the columns of each, all ascending, so that one row comparison finds the next page.
The first order also breaks ties when the list is sorted by another column.
"""


def selected(names: Iterable[str], computed: Mapping[str, str], table: str) -> str:
    """SQL select list of these columns: the `computed` expression if there is one, else the column of `table` (alias).

    Raises ValueError for an invalid name.
    """
    distinct = tuple(dict.fromkeys(names))
    if wrong := [name for name in distinct if not (name.isascii() and name.isidentifier())]:
        raise ValueError(f"{wrong} are no names of columns")
    return ", ".join(f"{computed.get(name, f'{table}.{name}')} as {name}" for name in distinct)


def reversed_order(order: str) -> str:
    """The same order, reversed."""
    return order + _REVERSED


def named(order: str) -> tuple[str, bool]:
    """The name of an order, and whether it is reversed."""
    name = order.removesuffix(_REVERSED)
    return name, name != order


def sorted_by(order: str, orders: Orders, columns: Collection[str]) -> str:
    """The `order by` list of a named order, or of a column. Unknown values of a column come last in both directions.

    Raises ValueError if `order` is neither.
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
    """SQL condition: a row comes after the position whose sort key is bound as `after_` plus each name."""
    return f"({', '.join(key)}) > ({', '.join(f':after_{name}' for name in names)})"
