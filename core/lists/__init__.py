"""The lists: each has one declaration, which defines its query, table, sorting, file and words."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from core.exports import Table
from core.lists import cases, follow_ups, items, payments, sync
from core.lists.list_spec import Cell, Column, Lead, ListSpec, Shown
from core.queries.paging import Position
from core.queries.rows import Frame, frame

__all__ = ["FOLLOW_UPS", "LISTS", "Cell", "Column", "Lead", "ListSpec", "Shown", "page", "table"]

FOLLOW_UPS: Mapping[str, ListSpec] = {each.code: each for each in follow_ups.ALL}
"""The lists of follow-ups by code, in display order."""

LISTS: dict[str, ListSpec] = {each.code: each for each in (items.ITEMS, cases.CASES, payments.PAYMENTS, *sync.ALL)}
LISTS.update(FOLLOW_UPS)
"""All lists by code."""


def page(
    connection: Connection, account_ids: Sequence[int], code: str, wanted: object, order: str, position: Position
) -> Frame:
    """One page of a list's rows."""
    spec = LISTS[code]
    rows = frame(connection, *spec.query(account_ids, wanted, order, spec.asked, position))
    return spec.join(connection, rows) if spec.join else rows


def table(account_ids: Sequence[int], code: str, wanted: object, order: str) -> Table:
    """The query for all rows of a list, for a file."""
    spec = LISTS[code]
    query, values = spec.query(account_ids, wanted, order, spec.asked, None)
    return Table(query, values, spec.file)
