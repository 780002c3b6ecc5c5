"""Ages of the reports since their last sync, for the metrics."""

import time
from typing import Any

from sqlalchemy import Engine, Row, text

from core.database.engine import owner_engine
from core.metrics import Numbers

QUERY = """
    with synced as (
        select format, extract(epoch from now() - last_synced_at) as age
        from report_state
        where format <> '' and last_synced_at is not null
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
"""Seconds between two queries."""


class ReportAges:
    """The ages of all reports, from the last query plus the time since."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine
        self._rows: list[Row[Any]] = []
        self._asked_at = 0.0

    def seconds(self) -> Numbers:
        """Seconds by report and position: the `newest`, the `median` and the `oldest` account."""
        passed = time.monotonic() - self._asked_at
        if not self._asked_at or passed > _SECONDS:
            self._ask()
            passed = 0.0
        return {
            (row.format, account): float(getattr(row, account)) + passed
            for row in self._rows
            for account in ("newest", "median", "oldest")
        }

    def _ask(self) -> None:
        with (self._engine or owner_engine()).connect() as connection:
            self._rows = list(connection.execute(text(QUERY)))
        self._asked_at = time.monotonic()
