"""The stored results of some groups, as they were before a detection: what it may delete, and what the sums lose."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

from core.database.copy import copy_rows

_JUDGED = "in (select name from judged_name)"


def _link(*names: str) -> str:
    return "coalesce(" + ", ".join(f"nullif({name}, '')" for name in names) + ", '')"


CASH_LINK = _link("sku", "order_id")
"""The SQL of the name by which a difference of cash belongs to a group."""

RESULTS: Mapping[str, str] = {
    "item": f"{_link('order_id', 'fnsku', 'sku', 'asin', 'gtin', 'shipment_id')} {_JUDGED}",
    "claim_case": f"case_id {_JUDGED}",
    "surplus": f"{_link('order_id', 'fnsku', 'sku', 'shipment_id', 'case_id')} {_JUDGED}",
    "withdrawn_item": f"{_link('order_id', 'fnsku', 'sku', 'shipment_id')} {_JUDGED}",
    "cash_difference": f"{CASH_LINK} {_JUDGED}",
}
"""The tables of results, each with the condition of the rows of the judged groups. The names of a result are among
those of the report rows that it comes from.
"""

WITHIN: Mapping[str, str] = {
    "item": "t.item_id in (select item_id from former_item)",
    "item_evidence": "t.item_id in (select item_id from former_item)",
    "claim_case": "t.case_id in (select case_id from former_claim_case)",
    "claim_case_item": "t.case_id in (select case_id from former_claim_case)",
    "surplus": "(t.kind, t.row_id) in (select kind, row_id from former_surplus)",
    "cash_difference": "t.row_id in (select row_id from former_cash_difference)",
}
"""The conditions of the stored rows that a detection of these groups may delete (StagedRows)."""


def keep_former(connection: Connection, account_id: int, names: Iterable[str]) -> None:
    """Copy the stored results of the groups with these names to temporary tables."""
    connection.execute(text("create temp table judged_name (name text primary key) on commit drop"))
    copy_rows(connection, "judged_name", ("name",), ("name",), ((name,) for name in names))
    connection.execute(text("analyze judged_name"))
    for table, condition in RESULTS.items():
        query = f"select * from public.{table} where account_id = :account_id and {condition}"
        connection.execute(text(f"create temp table former_{table} (like public.{table}) on commit drop"))
        connection.execute(text(f"insert into former_{table} {query}"), {"account_id": account_id})
        connection.execute(text(f"analyze former_{table}"))


def forget_former(connection: Connection) -> None:
    """Drop the temporary tables."""
    connection.execute(text(f"drop table judged_name, {', '.join(f'former_{table}' for table in RESULTS)}"))
