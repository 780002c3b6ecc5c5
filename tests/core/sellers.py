"""Two sellers who have everything, each with words of its own, and users who may see one, both or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from core.database.access import people
from tests.core.detect.ordering import OrderReports
from tests.core.reports import LAMP, Reports

ACME, OTHER = "ACME", "OTHER"

TABLES_WITH = """
    select c.relname, a.attname
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'public'
    inner join pg_attribute as a on a.attrelid = c.oid and a.attname in ('account_id', 'user_id') and not a.attisdropped
    where c.relkind in ('r', 'p')
    order by 1, 2
"""

VIEWS = """
    select n.nspname || '.' || c.relname
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace and n.nspname in ('reporting', 'derived')
    where c.relkind = 'v'
    order by 1
"""


@dataclass(frozen=True)
class Sellers:
    """The ids of two accounts and of the users of each."""

    acme: int
    other: int
    acmes_seller: int
    others_seller: int
    manager: int
    nobody: int
    staff: int


def two_sellers(connection: Connection) -> Sellers:
    """Add two sellers with rows in every report, items, cases and refused rows, and users for each."""
    accounts = {code: with_everything(OrderReports(connection, code)) for code in (ACME, OTHER)}
    sellers = Sellers(
        acme=accounts[ACME],
        other=accounts[OTHER],
        acmes_seller=people.add_user(connection, "anna@acme.example", "seller", [ACME]),
        others_seller=people.add_user(connection, "otto@other.example", "seller", [OTHER]),
        manager=people.add_user(connection, "mia@recoup.example", "account_manager", [ACME, OTHER]),
        nobody=people.add_user(connection, "nora@recoup.example", "seller"),
        staff=people.add_user(connection, "sam@recoup.example", "staff"),
    )
    for code, account_id in accounts.items():
        _fill_what_is_empty(connection, account_id, code)
    return sellers


def tenant_tables(connection: Connection) -> list[str]:
    """The tables with rows of an account, whichever they are by now."""
    return sorted({table for table, column in connection.execute(text(TABLES_WITH)).all() if column == "account_id"})


def views(connection: Connection) -> list[str]:
    """All views, with their schema."""
    return list(connection.execute(text(VIEWS)).scalars())


def count(connection: Connection, relation: str) -> int:
    """How many of its rows are to be seen."""
    counted: int = connection.execute(text(f"select count(*) from {relation}")).scalar_one()
    return counted


def with_everything(reports: OrderReports) -> int:
    """Give a seller items, payments and cases of all kinds; its account's id."""
    own = {"sku": f"{reports.code}-SKU", "fnsku": f"{reports.code}-FNSKU", "asin": f"{reports.code}-ASIN"}
    reports.costs("4.00", since="2026-01-01", sku=own["sku"])
    reports.lost(6, on="2026-07-01", goods=own)
    reports.reimbursed(1, "10.00", on="2026-07-05", goods=own, case=f"{reports.code}-9")
    reports.filed(f"{reports.code}-7", on="2026-07-10", units=2, goods=own)
    reports.adjusted(
        -3, "LOST", on="2026-07-01", marketplace="WALMART_US", goods=LAMP | {"sku": own["sku"]}, event_type="Adjustment"
    )
    reports.reconciled("WFS LostInventory", "8.00", on="2026-07-10", goods=LAMP | {"sku": own["sku"]})
    reports.returned(on="2026-07-03")
    reports.refused(f"{reports.code}-refused")
    _with_lists(reports, own)
    reports.sold(f"{reports.code}-111", on="2026-06-01", sku=own["sku"])
    reports.refunded(f"{reports.code}-111", on="2026-06-10", sku=own["sku"])
    reports.sold(f"{reports.code}-114", on="2025-01-01", sku=own["sku"])  # when the returns were not exported yet
    reports.refunded(f"{reports.code}-114", on="2025-01-10", sku=own["sku"])
    reports.replaced(f"{reports.code}-111", f"{reports.code}-112", on="2026-06-12", sku=own["sku"])
    reports.detect()
    return reports.account_id


def _with_lists(reports: Reports, own: dict[str, str]) -> None:
    """What is on lists of its own: paid below cost, withdrawn, approved and not paid, paid and not reported."""
    reports.reimbursed(1, "3.00", on="2026-07-06", goods=own)
    gone = reports.lost(1, on="2026-07-02", goods=own)
    reports.detect()
    reports.forget("inventory_event", gone)
    reports.settled("WAREHOUSE_LOST", "7.00", on="2026-07-06", sku=own["sku"])


def _fill_what_is_empty(connection: Connection, account_id: int, word: str) -> None:
    """Put a made-up row into each table that has none of the account, so that no table is left out of a test."""
    for table in tenant_tables(connection):
        query = text(f"select exists (select from {table} where account_id = :id)")
        if not connection.execute(query, {"id": account_id}).scalar_one():
            _free_of_constraints(connection, table)
            row = _made_up(connection, table, word) | {"account_id": account_id}
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"insert into {table} ({names}) values ({values})"), row)


def _free_of_constraints(connection: Connection, table: str) -> None:
    query = text(
        "select conname from pg_constraint where conrelid = cast(:table as regclass) and contype in ('f', 'c')"
    )
    for name in connection.execute(query, {"table": table}).scalars().all():
        connection.execute(text(f"alter table {table} drop constraint {name}"))


def _made_up(connection: Connection, table: str, word: str) -> dict[str, Any]:
    columns: Sequence[Any] = connection.execute(
        text(
            "select column_name, data_type from information_schema.columns where table_schema = 'public'"
            " and table_name = :table and is_identity = 'NO' and column_name <> 'account_id'"
        ),
        {"table": table},
    ).all()
    values: dict[str, Any] = {
        "text": word,
        "uuid": UUID(md5(word.encode(), usedforsecurity=False).hexdigest()),
        "ARRAY": [word],
        "jsonb": "{}",
        "boolean": True,
        "date": "2026-07-01",
        "timestamp with time zone": "2026-07-01 00:00+00",
    }
    return {name: values.get(data_type, 1) for name, data_type in columns}
