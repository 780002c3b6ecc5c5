"""Queries of the How to claim page: connected marketplaces, their freshness, and the state of service requests."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import CTE, Connection, Subquery, and_, column, func, select, table, text

from core.queries.days import DAYS, FIRST_TODAY
from core.queries.paging import PAGE_SIZE, Position, cut
from core.queries.rows import frame

ORDER = ("account_name", "account_id", "sort_order")
"""Sort order of the marketplaces."""

_NAMED = "account_id account account_name marketplace channel sort_order total_rows"

_CONNECTED = (
    text("""
        select
            a.account_id,
            a.name as account,
            lower(a.name) as account_name,
            m.marketplace,
            m.channel,
            m.sort_order,
            count(*) over () as total_rows
        from account as a
        inner join account_marketplace as am on am.account_id = a.account_id
        inner join marketplace as m on m.marketplace = am.marketplace
        where a.account_id = any(:account_ids)
    """)
    .columns(*map(column, _NAMED.split()))
    .cte("connected")
)

_REPORT = table("report_state", *map(column, ("account_id", "format", "last_synced_at", "data_through"))).c
_STEPS = ("requested_by", "requested_at", "initiated_by", "initiated_at")
_REQUEST = table("service_request", *map(column, ("account_id", "marketplace", *_STEPS)))

_OF_READY = ("ready", "currency", "nearest_on")

_WAITING = text("""
    select
        r.account_id,
        a.name as account,
        r.marketplace,
        r.requested_by,
        r.requested_at,
        count(*) over () as total_rows
    from service_request as r
    inner join account as a on a.account_id = r.account_id
    where r.account_id = any(:account_ids) and r.initiated_at is null
    order by r.requested_at, r.account_id, r.marketplace
    limit :most
""")


_READY = """
    with {days}

    select
        d.account_id,
        d.marketplace,
        max(d.currency) as currency,
        sum(d.amount) as ready,
        min(nullif(d.deadline_on, 'infinity')) as nearest_on
    from deadline_total as d
    inner join day as m on m.marketplace = d.marketplace
    where
        d.account_id = any(:account_ids)
        and d.part = 'sure'
        and d.deadline_on >= {first_today}
        and d.deadline_on >= m.today
        and (d.opens_on is null or d.opens_on <= m.today)
    group by d.account_id, d.marketplace
    having sum(d.items) <> 0
"""


def ready(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """The amount ready to claim in each marketplace of the accounts, and its first deadline."""
    query = _READY.format(days=DAYS, first_today=FIRST_TODAY)
    return frame(connection, text(query), {"account_ids": list(account_ids)})


def connected(connection: Connection, account_ids: Sequence[int], position: Position) -> pd.DataFrame:
    """One page of the accounts' marketplaces: when each was last synced, and who requested and started the service.

    `synced_at` is the last sync of the channel, because most reports name no marketplace. `ready` is the amount ready
    to claim, in `currency`; `nearest_on` is its first deadline. `total_rows` in each row counts the rows of all pages.
    """
    shown = cut(select(_CONNECTED), [_CONNECTED.c[name] for name in ORDER], position).limit(PAGE_SIZE).cte("shown")
    synced = _synced(shown)
    is_its = and_(synced.c.account_id == shown.c.account_id, synced.c.channel == shown.c.channel)
    asked = and_(_REQUEST.c.account_id == shown.c.account_id, _REQUEST.c.marketplace == shown.c.marketplace)
    query = (
        select(shown, synced.c.synced_at, synced.c.data_through, *(_REQUEST.c[step] for step in _STEPS))
        .select_from(shown.outerjoin(synced, is_its).outerjoin(_REQUEST, asked))
        .order_by(*(shown.c[name] for name in ORDER))
    )
    found = frame(connection, query, {"account_ids": list(account_ids)})
    own = ready(connection, sorted(set(found["account_id"]))) if len(found) else pd.DataFrame()
    by_place = {(row["account_id"], row["marketplace"]): row for row in own.to_dict("records")}
    places = list(zip(found["account_id"], found["marketplace"], strict=True))
    of_places = {name: [by_place.get(place, {}).get(name) for place in places] for name in _OF_READY}
    return found.assign(
        **{name: pd.Series(values, index=found.index, dtype=object) for name, values in of_places.items()}
    )


def _synced(shown: CTE) -> Subquery:
    """The last sync of each channel's reports, for the shown accounts."""
    # an array is evaluated once; with a join, row security's condition would be evaluated for each row
    accounts = func.array(select(shown.c.account_id).scalar_subquery())
    channel = func.split_part(_REPORT.format, "_", 1)
    return (
        select(
            _REPORT.account_id,
            channel.label("channel"),
            func.max(_REPORT.last_synced_at).label("synced_at"),
            func.max(_REPORT.data_through).label("data_through"),
        )
        .where(_REPORT.account_id == func.any(accounts), _REPORT.last_synced_at.is_not(None))
        .group_by(_REPORT.account_id, channel)
        .subquery("synced")
    )


def waiting(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """One page of the requests that nobody has started, longest waiting first. `total_rows` in each row counts all."""
    return frame(connection, _WAITING, {"account_ids": list(account_ids), "most": PAGE_SIZE})
