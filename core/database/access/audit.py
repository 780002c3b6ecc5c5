"""Audit log lines of the owner's commands: users, grants and logins added or removed.

Actions of users (sign-ins, requests, imports, downloads) are logged by core.database.access.personal.
"""

import json
from typing import Literal

from sqlalchemy import Connection, text

Action = Literal[
    "account_added",
    "account_removed",
    "user_added",
    "user_removed",
    "granted",
    "revoked",
    "login_added",
    "login_removed",
]

BY_COMMAND = "command line"
"""The actor where no user is signed in."""


def note(connection: Connection, action: Action, account_id: int | None = None, **told: object) -> None:
    """Add a line to the audit log, in the transaction of the action."""
    connection.execute(
        text(
            "insert into audit_log (email, action, about_account_id, detail)"
            " values (:email, :action, :account_id, cast(:told as jsonb))"
        ),
        {"email": BY_COMMAND, "action": action, "account_id": account_id, "told": json.dumps(told)},
    )
