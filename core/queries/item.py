"""Queries of an item's page: the item, its stages, the report rows that prove it, its cases."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
from sqlalchemy import Connection, text

from core.exports import Table
from core.queries.rows import frame

MOST_ROWS = 200
"""Maximum rows shown for one item. The download has all report rows."""

ROLES = ("event", "reduced", "found", "paid", "reversed", "case", "value")
"""Roles of report rows in an item's proof, in display order; other roles come last."""

SEPARATOR = "\x1f"
"""Separator of the values of a stored row."""


@dataclass(frozen=True)
class ItemName:
    """Identifies an item: its id is unique within an account."""

    account_id: int
    item_id: str


_ITEM = text("""
    select
        i.account_id,
        a.name as account,
        i.item_id::text as item_id,
        i.origin,
        i.channel,
        i.marketplace,
        i.category,
        i.event_on,
        i.opens_on,
        i.deadline_on,
        case
            when i.units_future + i.units_ready + i.units_review > 0 then i.deadline_on - derived.today(m.time_zone)
        end as days_left,
        i.sku,
        i.fnsku,
        i.asin,
        i.gtin,
        i.order_id,
        i.shipment_id,
        i.currency,
        i.units,
        i.units_in_kind,
        i.unit_value,
        i.value_basis,
        i.review_reason,
        i.review_code,
        i.note,
        i.case_id,
        i.window_rule,
        i.window_confidence,
        w.clock,
        w.opens_after_days,
        w.closes_after_days,
        w.closes_after_months,
        w.source,
        w.checked_on,
        w.note as window_note
    from derived.staged_item as i
    inner join account as a on a.account_id = i.account_id
    inner join marketplace as m on m.marketplace = i.marketplace
    left join claim_window as w on w.rule = i.window_rule
    where i.account_id = any(:account_ids) and i.item_id = cast(:item_id as uuid)
    limit 2
""")

_STAGES = text("""
    select s.stage, s.units, s.amount
    from derived.staged_amount as s
    where
        s.account_id = any(:account_ids)
        and s.account_id = :account_id
        and s.item_id = cast(:item_id as uuid)
""")

_PROOF = """
    select
        e.role,
        f.file,
        r.line,
        f.format,
        e.units,
        e.amount,
        i.currency,
        coalesce(p.approved_on, v.event_on, l.adjusted_on, c.opened_on, k.valid_from) as day,
        p.reimbursement_id,
        p.reason,
        f.columns,
        r.source_line,
        derived.raw(f.columns, r.source_line)::text as raw
    from item_evidence as e
    inner join item as i on i.account_id = e.account_id and i.item_id = e.item_id
    inner join derived.source_row as r on r.account_id = e.account_id and r.row_id = e.row_id
    inner join source_file as f on f.account_id = r.account_id and f.file_id = r.file_id
    left join derived.payment as p on p.account_id = e.account_id and p.row_id = e.row_id
    left join inventory_event as v on v.account_id = e.account_id and v.row_id = e.row_id
    left join legacy_adjustment as l on l.account_id = e.account_id and l.row_id = e.row_id
    left join case_entry as c on c.account_id = e.account_id and c.row_id = e.row_id
    left join sourcing_cost as k on k.account_id = e.account_id and k.row_id = e.row_id
    where
        e.account_id = any(:account_ids)
        and e.account_id = :account_id
        and e.item_id = cast(:item_id as uuid)
    order by array_position(cast(:roles as text[]), e.role), day, f.file, r.line
"""

_CASES = text("""
    select
        c.marketplace,
        c.case_id,
        c.status,
        c.opened_on,
        c.decided_on,
        c.closed_on,
        ci.units
    from claim_case_item as ci
    inner join claim_case as c
        on c.account_id = ci.account_id and c.marketplace = ci.marketplace and c.case_id = ci.case_id
    where
        ci.account_id = any(:account_ids)
        and ci.account_id = :account_id
        and ci.item_id = cast(:item_id as uuid)
    order by c.opened_on nulls last, c.case_id
    limit :most
""")


def item(connection: Connection, account_ids: Sequence[int], item_id: str) -> pd.DataFrame:
    """The item with this id (a UUID) and its claim window: one row, or none.

    Two accounts that imported the same file have items with the same id; given both accounts, it returns none.
    """
    found = frame(connection, _ITEM, {"account_ids": list(account_ids), "item_id": item_id})
    return found if len(found) == 1 else found.head(0)


def stages(connection: Connection, account_ids: Sequence[int], name: ItemName) -> pd.DataFrame:
    """The item's units and money by stage. An amount is None if a unit has no known value."""
    return frame(connection, _STAGES, _of(account_ids, name))


def proof(connection: Connection, account_ids: Sequence[int], name: ItemName) -> pd.DataFrame:
    """The report rows that created, reduced, settled or valued the item: the role of each, and its original values.

    `columns` are the file's column names, `values` the row's values in the same order, without personal data.
    """
    rows = frame(connection, text(f"{_PROOF} limit :most"), _of(account_ids, name))
    return rows.assign(values=[line.split(SEPARATOR) for line in rows["source_line"]]).drop(columns="source_line")


def all_proof(account_ids: Sequence[int], name: ItemName) -> Table:
    """The same rows for a download, each with one object of its columns and values (`raw`)."""
    return Table(
        text(_PROOF),
        _of(account_ids, name),
        {
            "role": "text",
            "file": "text",
            "line": "number",
            "format": "text",
            "day": "date",
            "units": "number",
            "amount": "amount",
            "currency": "text",
            "raw": "text",
        },
    )


def cases(connection: Connection, account_ids: Sequence[int], name: ItemName) -> pd.DataFrame:
    """The cases that cover units of the item, oldest first."""
    return frame(connection, _CASES, _of(account_ids, name))


def _of(account_ids: Sequence[int], name: ItemName) -> dict[str, object]:
    # only the item's account, if it is among them, so that the server does not search hundreds
    asked = [each for each in account_ids if each == name.account_id]
    return asdict(name) | {"account_ids": asked, "roles": list(ROLES), "most": MOST_ROWS}
