"""Queries of a case's page: the case, the items that it covers, its payments, and its rows in case files."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.rows import frame

MOST_ROWS = 200
"""Maximum rows of each kind shown for one case."""


@dataclass(frozen=True)
class CaseName:
    """Identifies a case: its id is unique within an account and a marketplace."""

    account_id: int
    marketplace: str
    case_id: str


_CASE = text("""
    select
        c.account_id,
        a.name as account,
        c.channel,
        c.marketplace,
        c.case_id,
        c.category,
        c.status,
        c.stage,
        c.outcome,
        c.origin,
        c.opened_on,
        c.decided_on,
        c.closed_on,
        coalesce(c.closed_on, derived.today(m.time_zone)) - c.opened_on as age_days,
        c.claimed_units,
        c.claimed_amount,
        c.recovered_units,
        c.recovered_amount,
        c.currency,
        c.note,
        derived.appeal_until(c.marketplace, c.decided_on) as appeal_until,
        derived.appeal_until(c.marketplace, c.decided_on) - derived.today(m.time_zone) as appeal_days
    from claim_case as c
    inner join marketplace as m on m.marketplace = c.marketplace
    inner join account as a on a.account_id = c.account_id
    where c.account_id = any(:account_ids) and c.marketplace = :marketplace and c.case_id = :case_id
    limit 2
""")

_ITEMS = text("""
    select
        i.item_id::text as item_id,
        i.category,
        i.sku,
        i.fnsku,
        coalesce(nullif(i.order_id, ''), i.shipment_id) as order_or_shipment,
        i.event_on,
        ci.units,
        i.unit_value,
        i.currency
    from claim_case_item as ci
    inner join item as i on i.account_id = ci.account_id and i.item_id = ci.item_id
    where
        ci.account_id = any(:account_ids)
        and ci.account_id = :account_id
        and ci.marketplace = :marketplace
        and ci.case_id = :case_id
    order by i.event_on, i.sku, i.item_id
    limit :most
""")

_PAYMENTS = text("""
    with settling as (
        select e.row_id, sum(e.units) as units, sum(e.amount) as amount
        from claim_case_item as ci
        inner join item_evidence as e on e.account_id = ci.account_id and e.item_id = ci.item_id
        where
            ci.account_id = any(:account_ids)
            and ci.account_id = :account_id
            and ci.marketplace = :marketplace
            and ci.case_id = :case_id
            and e.role in ('paid', 'reversed')
        group by e.row_id
    ),

    rows as (
        select
            p.approved_on,
            p.reimbursement_id,
            p.reason,
            p.sku,
            p.currency,
            c.channel = 'walmart' or p.case_id = c.case_id as is_of_case,
            case when p.case_id = c.case_id then p.units_cash + p.units_inventory else s.units end as units,
            case when p.case_id = c.case_id then p.amount else s.amount end as amount
        from claim_case as c
        inner join derived.payment as p on p.account_id = c.account_id and p.channel = c.channel
        left join settling as s on s.row_id = p.row_id
        where
            c.account_id = any(:account_ids)
            and c.account_id = :account_id
            and c.marketplace = :marketplace
            and c.case_id = :case_id
            and p.account_id = any(:account_ids)
            and (
                (s.row_id is not null and c.channel = 'walmart')
                or (
                    s.row_id is not null
                    and p.case_id = ''
                    and 'Paid without this case' = any(string_to_array(c.note, '; '))
                )
                or (
                    p.case_id = c.case_id
                    and p.currency = c.currency
                    and coalesce(p.marketplace, c.marketplace) = c.marketplace
                )
            )
    )

    select approved_on, reimbursement_id, reason, sku, units, amount, currency, is_of_case
    from rows
    order by approved_on, reimbursement_id
    limit :most
""")

_ENTRIES = text("""
    select
        f.file,
        e.line,
        e.category,
        e.sku,
        e.fnsku,
        coalesce(nullif(e.order_id, ''), e.shipment_id) as order_or_shipment,
        e.claimed_units,
        e.claimed_amount,
        e.decision,
        e.note
    from case_entry as e
    inner join source_file as f on f.account_id = e.account_id and f.file_id = e.file_id
    where
        e.account_id = any(:account_ids)
        and e.account_id = :account_id
        and e.marketplace = :marketplace
        and e.case_id = :case_id
    order by f.file, e.line
    limit :most
""")


def case(connection: Connection, account_ids: Sequence[int], marketplace: str, case_id: str) -> pd.DataFrame:
    """The case with this id: one row, or none. `appeal_until` is the last day to appeal a denial by Walmart.

    Two accounts may have cases with the same id; given both accounts, it returns none.
    """
    values = {
        "account_ids": list(account_ids),
        "marketplace": marketplace,
        "case_id": case_id,
    }
    found = frame(connection, _CASE, values)
    return found if len(found) == 1 else found.head(0)


def items(connection: Connection, account_ids: Sequence[int], name: CaseName) -> pd.DataFrame:
    """The items that a case covers, oldest event first; `units` are the covered units."""
    return frame(connection, _ITEMS, _of(account_ids, name))


def payments(connection: Connection, account_ids: Sequence[int], name: CaseName) -> pd.DataFrame:
    """The reimbursement rows of a case, oldest first; a reversal has a negative amount.

    Amazon's rows name their case; Walmart's name none, so a case has the rows that settle its items. If the marketplace
    paid without the case, the result includes the rows that paid its items and name no case; their `is_of_case` is
    false.
    """
    return frame(connection, _PAYMENTS, _of(account_ids, name))


def entries(connection: Connection, account_ids: Sequence[int], name: CaseName) -> pd.DataFrame:
    """The rows of the case files that name the case."""
    return frame(connection, _ENTRIES, _of(account_ids, name))


def _of(account_ids: Sequence[int], name: CaseName) -> dict[str, object]:
    # only the case's account, if it is among them, so that the server does not search hundreds
    asked = [each for each in account_ids if each == name.account_id]
    return asdict(name) | {"account_ids": asked, "most": MOST_ROWS}
