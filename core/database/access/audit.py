"""Lines of the audit log that the owner's commands write: who was let in, and who no longer is.

What users do writes itself: signing in, requests, imports and downloads (core.database.access.personal).
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
"""Who did it, where no signed-in user did."""


def note(connection: Connection, action: Action, account_id: int | None = None, **told: object) -> None:
    """Put a line into the audit log, in the transaction of what it tells."""
    connection.execute(
        text(
            "insert into audit_log (email, action, about_account_id, detail)"
            " values (:email, :action, :account_id, cast(:told as jsonb))"
        ),
        {"email": BY_COMMAND, "action": action, "account_id": account_id, "told": json.dumps(told)},
    )
