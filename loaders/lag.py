"""How long ago each report was synced, for whoever watches over Recoup."""

import time
from typing import Any

from sqlalchemy import Engine, Row, text

from core.database.engine import owner_engine
from core.metrics import Numbers

QUERY = """
    with synced as (
        select account_id, format, extract(epoch from now() - max(finished_at)) as age
        from sync_run
        where status <> 'refused' and format is not null
        group by account_id, format
    )

    select
        format,
        min(age) as newest,
        percentile_cont(0.5) within group (order by age) as median,
        max(age) as oldest
    from synced
    group by format
"""

_SECONDS = 60
_SHARE = 100
"""It is asked again after so many times the time that it took, so that it costs one part in a hundred at most."""


class Ages:
    """The ages of all reports, as they were when last asked for: a moment ago, or longer where asking takes long."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine
        self._rows: list[Row[Any]] = []
        self._asked_at = self._asked_for = 0.0

    def told(self) -> Numbers:
        """Seconds by report, and by which account: the `newest`, the `median` and the `oldest`."""
        passed = time.monotonic() - self._asked_at
        if not self._asked_at or passed > max(_SECONDS, _SHARE * self._asked_for):
            self._ask()
            passed = 0.0
        return {
            (row.format, account): float(getattr(row, account)) + passed
            for row in self._rows
            for account in ("newest", "median", "oldest")
        }

    def _ask(self) -> None:
        began = time.monotonic()
        with (self._engine or owner_engine()).connect() as connection:
            self._rows = list(connection.execute(text(QUERY)))
        self._asked_at = time.monotonic()
        self._asked_for = self._asked_at - began
