"""An import's connection, as its own process has it after it has handed in its ticket."""

from sqlalchemy import Engine

from core.database.access.loading import issue_ticket, redeem


def loader_engine(user_id: int, account_code: str) -> Engine:
    """An engine that is let in to one account as a user."""
    return redeem(issue_ticket(user_id, account_code)).engine
