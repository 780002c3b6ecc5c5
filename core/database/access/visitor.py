"""Transactions of a visitor: each first names its user, and then sees only that user's rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from core.database import replica
from core.database.access import sessions
from core.database.engine import app_engine, app_replica_engine, staff_engine, staff_replica_engine
from core.errors import AccessDenied, SessionEnded
from core.vocabulary import ROLES


@dataclass(frozen=True)
class Viewer:
    """A user as the database has it now: its role, its granted accounts (none for staff, who need none), and the
    `account_id` of the sums over these accounts, None without such sums.
    """

    user_id: int
    role: str
    granted: tuple[int, ...]
    portfolio: int | None = None

    @property
    def sees_every_account(self) -> bool:
        """Whether the role needs no grants."""
        return ROLES[self.role].sees_every_account


@contextmanager
def reading(user_id: int, today: date | None = None, *, newest: bool = False) -> Iterator[tuple[Connection, Viewer]]:
    """A read-only transaction that sees the rows of the user's accounts, and no others.

    `today` answers as of that date; None: each marketplace's own today. The role selects the login that reads: staff
    have their own, and each read looks the role up in the database. `newest` reads from the primary; later reads may
    come from a replica that has caught up with it. Raises AccessDenied for an unknown user, and SessionEnded for an
    ended session (`sessions.current`).
    """
    with replica.transaction(app_engine, None if newest else app_replica_engine()) as connection:
        viewer = _enter(connection, user_id)
        if not viewer.sees_every_account:
            _set_today(connection, today)
            yield connection, viewer
            _note(connection, newest)
            return
    with replica.transaction(staff_engine, None if newest else staff_replica_engine()) as connection:
        _set_today(connection, today)
        yield connection, viewer
        _note(connection, newest)


@contextmanager
def writing(user_id: int) -> Iterator[Connection]:
    """A transaction for the user's own writes (core.database.access.personal).

    The database decides what may be written. Raises as `reading` does.
    """
    with app_engine().begin() as connection:
        _enter(connection, user_id)
        yield connection


def user_with_email(email: str) -> int | None:
    """The id of the user with this e-mail address, or None."""
    with app_engine().connect() as connection, connection.begin():
        found: int | None = connection.execute(text("select user_with_email(:email)"), {"email": email}).scalar()
    return found


def _note(connection: Connection, newest: bool) -> None:
    """Record the primary's position, after all reads from it."""
    if newest and (app_replica_engine() is not None or staff_replica_engine() is not None):
        replica.note(connection)


def _enter(connection: Connection, user_id: int) -> Viewer:
    """Enter the user for the current session, if there is one."""
    session = sessions.current()
    if session is None:
        row = connection.execute(text("select * from enter(:user_id)"), {"user_id": user_id}).mappings().one()
    else:
        row = (
            connection.execute(
                text("select * from enter_session(:user_id, :key, :idle, :lifetime)"),
                {"user_id": user_id, "key": session, **sessions.limits()},
            )
            .mappings()
            .one()
        )
        if row["state"] != "open":
            raise SessionEnded("This session has ended. Sign in again to go on where you were.")
    if row["user_id"] is None:
        raise AccessDenied("This user has no access. Ask the reimbursement team to be added.")
    return Viewer(row["user_id"], row["role"], tuple(row["accounts"]), row["portfolio"])


def _set_today(connection: Connection, today: date | None) -> None:
    if today is not None:
        connection.execute(text("set local recoup.today = :today"), {"today": today.isoformat()})
