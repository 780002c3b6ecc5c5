"""Writes of the pages: the user's saved views, service requests, and audit log lines."""

import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text

from core.database.access.visitor import writing
from core.errors import LimitReached

Action = Literal["download", "import"]

MOST_AN_HOUR: dict[Action, int] = {"download": 60, "import": 60}
"""Hourly limits of a user's expensive actions."""

MOST_VIEWS, LONGEST_NAME, LONGEST_QUERY = 50, 80, 2000
"""Limits of saved views: their number, and the length of names and addresses, which the table enforces too."""


@dataclass(frozen=True)
class SavedView:
    """A page with its filters, under a name of the user's own. `query` is the query string of its address."""

    name: str
    page: str
    query: str


def record(user_id: int, action: Action, account_id: int | None, **told: object) -> None:
    """Add a line to the audit log. Raises LimitReached where the user exceeds the hourly limit of the action."""
    with writing(user_id) as connection:
        is_in_limit = connection.execute(
            text("select record(:action, :account_id, cast(:told as jsonb), :most)"),
            {
                "action": action,
                "account_id": account_id,
                "told": json.dumps(told, default=str),
                "most": MOST_AN_HOUR[action],
            },
        ).scalar_one()
    if not is_in_limit:
        raise LimitReached(f"That is more than {MOST_AN_HOUR[action]} {action}s in an hour. Try again later.")


def request_service(user_id: int, account_id: int, marketplace: str) -> bool:
    """Ask the team to start working for an account on a marketplace; returns whether the request is new. A repeated
    request and a request for another user's account change nothing.
    """
    return _asked(user_id, "request_service", account_id, marketplace)


def initiate_service(user_id: int, account_id: int, marketplace: str) -> bool:
    """Mark a requested service as initiated; returns whether anything changed. Staff only."""
    return _asked(user_id, "initiate_service", account_id, marketplace)


def _asked(user_id: int, function: Literal["request_service", "initiate_service"], account_id: int, place: str) -> bool:
    with writing(user_id) as connection:
        return bool(
            connection.execute(
                text(f"select {function}(:account_id, :marketplace)"), {"account_id": account_id, "marketplace": place}
            ).scalar_one()
        )


def saved_views(user_id: int) -> list[SavedView]:
    """The user's saved views, by name."""
    with writing(user_id) as connection:
        rows = connection.execute(text("select name, page, query from saved_view order by lower(name), name"))
        return [SavedView(*row) for row in rows]


def save_view(user_id: int, view: SavedView) -> None:
    """Save a view, replacing one of the same name. Raises LimitReached for too many views or a too long address."""
    if len(view.query) > LONGEST_QUERY:
        raise LimitReached("So many choices do not fit into one view. Leave some of them out.")
    with writing(user_id) as connection:
        others = connection.execute(text("select count(*) from saved_view where name <> :name"), {"name": view.name})
        if others.scalar_one() >= MOST_VIEWS:
            raise LimitReached(f"{MOST_VIEWS} views are saved already. Remove one first.")
        _store(connection, user_id, view)


def forget_view(user_id: int, name: str) -> None:
    """Delete a view of the user's own."""
    with writing(user_id) as connection:
        connection.execute(text("delete from saved_view where name = :name"), {"name": name})


def _store(connection: Connection, user_id: int, view: SavedView) -> None:
    connection.execute(
        text(
            "insert into saved_view (user_id, name, page, query) values (:user_id, :name, :page, :query)"
            " on conflict (user_id, name) do update set page = excluded.page, query = excluded.query, saved_at = now()"
        ),
        {"user_id": user_id, "name": view.name.strip()[:LONGEST_NAME], "page": view.page, "query": view.query},
    )
