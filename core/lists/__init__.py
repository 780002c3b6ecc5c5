"""The lists: one declaration each, from which its query, table, sorting, files and words follow."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from core.exports import Table
from core.lists import cases, follow_ups, items, payments, sync
from core.lists.list_spec import Cell, Column, Lead, ListSpec, Shown
from core.queries.paging import Position
from core.queries.rows import Frame, frame

__all__ = ["FOLLOW_UPS", "LISTS", "Cell", "Column", "Lead", "ListSpec", "Shown", "page", "table"]

FOLLOW_UPS: Mapping[str, ListSpec] = {each.code: each for each in follow_ups.ALL}
"""The lists of follow-ups by their codes, in the order in which they are offered."""

LISTS: dict[str, ListSpec] = {each.code: each for each in (items.ITEMS, cases.CASES, payments.PAYMENTS, *sync.ALL)}
LISTS.update(FOLLOW_UPS)
"""Every list by its code."""


def page(
    connection: Connection, account_ids: Sequence[int], code: str, wanted: object, order: str, position: Position
) -> Frame:
    """One page of the rows of a list."""
    spec = LISTS[code]
    rows = frame(connection, *spec.query(account_ids, wanted, order, spec.asked, position))
    return spec.join(connection, rows) if spec.join else rows


def table(account_ids: Sequence[int], code: str, wanted: object, order: str) -> Table:
    """All rows of a list, for a file."""
    spec = LISTS[code]
    query, values = spec.query(account_ids, wanted, order, spec.asked, None)
    return Table(query, values, spec.file)
