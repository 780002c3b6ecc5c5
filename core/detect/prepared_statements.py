"""Queries that are planned once and run for one account after another: for a small account, planning takes far longer
than running.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, CursorResult, text

_ACCOUNT = re.compile(r":account_id\b")
_OFF = ("enable_mergejoin", "enable_nestloop", "jit")
_AS_IT_IS = {"no_parameters": True}


class PreparedStatements:
    """Queries of one parameter, `:account_id`, prepared on the server until `forget`.

    `for_many`: they are to run for many small accounts, so one plan does for all; else each is planned for its account.
    """

    def __init__(self, connection: Connection, queries: Mapping[str, str], *, for_many: bool) -> None:
        self._connection = connection
        connection.execute(text("deallocate all"))  # what a transaction that failed has left
        # what several reports say together is guessed too small, and then millions of rows are sorted to merge, or each
        # row of one is held against all of another
        for setting in _OFF:
            connection.execute(text(f"set local {setting} = off"))
        if for_many:
            connection.execute(text("set local plan_cache_mode = force_generic_plan"))
        for name, query in queries.items():
            prepared = f"prepare {name} (int) as {_ACCOUNT.sub('$1', query)}"
            connection.exec_driver_sql(prepared, execution_options=_AS_IT_IS)

    def run(self, *names: str, account_id: int) -> CursorResult[Any]:
        """Run queries for an account, one after the other in one go; the result is the last one's."""
        statements = "; ".join(f"execute {name} ({int(account_id)})" for name in names)
        return self._connection.exec_driver_sql(statements, execution_options=_AS_IT_IS)

    def deallocate(self) -> None:
        """Drop the queries."""
        self._connection.execute(text("deallocate all"))
        self._connection.execute(text("set local plan_cache_mode = auto"))
        for setting in _OFF:
            self._connection.execute(text(f"set local {setting} to default"))
