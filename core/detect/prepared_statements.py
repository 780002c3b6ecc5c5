"""Prepared statements, planned once and run for one account after another: for a small account, planning takes far
longer than running.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, text

_ACCOUNT = re.compile(r":account_id\b")
_OFF = ("enable_mergejoin", "enable_nestloop", "jit")
_AS_IT_IS = {"no_parameters": True}


class PreparedStatements:
    """Queries with one parameter, `:account_id`, prepared on the server until `deallocate`.

    `for_many`: many small accounts share one generic plan; otherwise each query is planned for its account.
    """

    def __init__(self, connection: Connection, queries: Mapping[str, str], *, for_many: bool) -> None:
        self._connection = connection
        connection.execute(text("deallocate all"))  # left over by a failed transaction
        # PostgreSQL underestimates joins of several reports, and then sorts millions of rows for a merge join, or
        # compares each row of one with all rows of another
        for setting in _OFF:
            connection.execute(text(f"set local {setting} = off"))
        plan = "force_generic_plan" if for_many else "force_custom_plan"
        connection.execute(text(f"set local plan_cache_mode = {plan}"))
        for name, query in queries.items():
            prepared = f"prepare {name} (int) as {_ACCOUNT.sub('$1', query)}"
            connection.exec_driver_sql(prepared, execution_options=_AS_IT_IS)

    def run(self, *names: str, account_id: int) -> CursorResult[Any]:
        """Run queries for an account in one round trip; returns the last one's result."""
        statements = "; ".join(f"execute {name} ({int(account_id)})" for name in names)
        return self._connection.exec_driver_sql(statements, execution_options=_AS_IT_IS)

    def deallocate(self) -> None:
        """Drop the prepared statements and reset the planner's settings."""
        self._connection.execute(text("deallocate all"))
        self._connection.execute(text("set local plan_cache_mode = auto"))
        for setting in _OFF:
            self._connection.execute(text(f"set local {setting} to default"))
