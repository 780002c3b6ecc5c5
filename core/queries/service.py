"""What How to claim asks: which marketplaces are connected, how fresh they are, and where the service stands."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.rows import frame

_STATE = text("""
    with synced as (
        select
            s.account_id,
            case when s.format like 'walmart%' then 'walmart' when s.format like 'amazon%' then 'amazon' end as channel,
            max(s.last_synced_at) as synced_at,
            max(s.data_through) as data_through
        from report_state as s
        where s.account_id = any(:account_ids) and s.last_synced_at is not null
        group by 1, 2
    )

    select
        a.account_id,
        a.code,
        a.name as account,
        m.marketplace,
        m.channel,
        s.synced_at,
        s.data_through,
        r.requested_by,
        r.requested_at,
        r.initiated_by,
        r.initiated_at
    from account as a
    inner join account_marketplace as am on am.account_id = a.account_id
    inner join marketplace as m on m.marketplace = am.marketplace
    left join synced as s on s.account_id = a.account_id and s.channel = m.channel
    left join service_request as r on r.account_id = a.account_id and r.marketplace = m.marketplace
    where a.account_id = any(:account_ids)
    order by lower(a.name), a.account_id, m.sort_order
""")


def state(connection: Connection, account_ids: Sequence[int]) -> pd.DataFrame:
    """One row per account and marketplace: when it was last synced, and who asked for the service and started it.

    `synced_at` is that of the channel's reports: most of them name no marketplace.
    """
    return frame(connection, _STATE, {"account_ids": list(account_ids)})
