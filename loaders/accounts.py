"""Looks up the account of a sync."""

from sqlalchemy import Connection, text

from core.errors import UnknownName
from core.vocabulary import MARKETPLACES
from loaders.declare.places import Account


def account_with_code(connection: Connection, code: str) -> Account:
    """The account with this code and its marketplaces. Raises UnknownName."""
    rows = connection.execute(
        text(
            "select a.account_id, a.code, m.marketplace from account as a"
            " left join account_marketplace as m on m.account_id = a.account_id where a.code = upper(:code)"
        ),
        {"code": code},
    ).all()
    if not rows:
        raise UnknownName(f"There is no account {code}. Add it with: python -m core account add {code} --name …")
    marketplaces = {row.marketplace for row in rows if row.marketplace}
    in_order = tuple(entry for entry in MARKETPLACES.values() if entry.code in marketplaces)
    return Account(rows[0].account_id, rows[0].code, in_order)


def account_codes(connection: Connection) -> list[str]:
    """The codes of all accounts, in order."""
    return list(connection.execute(text("select code from account order by code")).scalars())
