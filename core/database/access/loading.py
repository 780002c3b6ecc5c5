"""Import tickets: a page writes a ticket, and the import's own process redeems it once, for access to one account and
to the reports that its user may import.
"""

import secrets
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection, Engine, Row, create_engine, event, make_url, text

from core.database import deadlines
from core.database.access import roles
from core.database.access.visitor import writing
from core.database.engine import LOADER, loader_url
from core.errors import AccessDenied
from core.vocabulary import ROLES


@dataclass(frozen=True)
class Admission:
    """A redeemed ticket: an engine whose transactions have access to the one account, and whether files of the
    reimbursement team are allowed.
    """

    engine: Engine
    may_bring_team_files: bool


def issue_ticket(user_id: int, account_code: str) -> str:
    """Write a ticket for one import by a user for an account, valid once and for ten minutes.

    Raises AccessDenied where the account does not exist or is not the user's.
    """
    ticket = secrets.token_urlsafe(32)
    with writing(user_id) as connection:
        is_issued = connection.execute(
            text("select issue_ticket(upper(:code), :hash)"),
            {"code": account_code, "hash": sha256(ticket.encode()).digest()},
        ).scalar_one()
    if not is_issued:
        raise AccessDenied(f"Account {account_code} not found, or you don't have access.")
    return ticket


def redeem(ticket: str) -> Admission:
    """Redeem a ticket. Later transactions of its engine raise AccessDenied once the account is no longer the user's.

    Raises AccessDenied for an invalid ticket or one redeemed before.
    """
    url = loader_url()
    engine = create_engine(url, pool_pre_ping=True, connect_args=deadlines.limits_of_tcp(make_url(url)))
    event.listen(engine, "connect", partial(roles.refuse_other, LOADER))
    with engine.begin() as connection:
        key: str | None = connection.execute(text("select redeem_ticket(:ticket)"), {"ticket": ticket}).scalar()
    if key is None:
        raise AccessDenied("This import was begun before, or too long ago.")
    event.listen(engine, "begin", lambda connection: _let_in(connection, key))
    with engine.begin() as connection:
        role = _let_in(connection, key).role
    return Admission(engine, ROLES[role].sees_every_account)


def _let_in(connection: Connection, key: str) -> Row[tuple[int, str]]:
    row = connection.execute(text("select account_id, role from load_with(:key)"), {"key": key}).one()
    if row.account_id is None:
        raise AccessDenied("The account of this import is no longer yours.")
    return row
