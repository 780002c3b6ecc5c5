"""The connection of an import from a page: with rights over the one account that it is for, and only what its user may
bring in.
"""

from sqlalchemy import Connection, Engine, Row, create_engine, event, text

from core.database.engine import loader_url
from core.errors import AccessDenied
from core.vocabulary import ROLES


def loader_engine(user_id: int, account_code: str) -> Engine:
    """An engine for taking report files in as a user may: each of its transactions is let in to that account first.

    A transaction raises AccessDenied where the account is not there, or not the user's.
    """
    engine = create_engine(loader_url(), pool_pre_ping=True)
    event.listen(engine, "begin", lambda connection: _let_in(connection, user_id, account_code))
    return engine


def may_bring_team_files(engine: Engine, user_id: int, account_code: str) -> bool:
    """Whether the user may take in the files of the reimbursement team."""
    with engine.begin() as connection:
        return ROLES[_let_in(connection, user_id, account_code).role].sees_every_account


def _let_in(connection: Connection, user_id: int, account_code: str) -> Row[tuple[int, str]]:
    row = connection.execute(
        text("select account_id, role from load_for(:user_id, upper(:code))"),
        {"user_id": user_id, "code": account_code},
    ).one()
    if row.account_id is None:
        raise AccessDenied(f"There is no account {account_code}, or it is not yours.")
    return row
