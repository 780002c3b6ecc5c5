"""Distributes the schema over several machines by account, with the extension Citus (13; PostgreSQL 15 to 17).

All rows of an account are on one machine; shared tables (registries, people) are on every machine. The schema rules for
this also hold on plain PostgreSQL, and are tested there: every key of an account's table contains `account_id`, there
are no triggers, and shared tables refer only to each other.
"""

from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter

from sqlalchemy import Connection, text

from core.errors import ConfigurationError

COLUMN = "account_id"

REGISTRIES = (
    *(
        "adjustment_reason",
        "category",
        "claim_window",
        "contract_rate",
        "covered_format",
        "detection_bound",
        "fee_period",
        "marketplace",
    ),
    *("payment_reason", "report_word", "stage"),
)
PEOPLE = (
    *("account", "account_marketplace", "app_user", "audit_log", "login", "portfolio", "saved_view"),
    *("import_ticket", "service_request", "user_account", "user_session", "work_lock"),
)
SHARED = (*REGISTRIES, *PEOPLE)
"""Reference tables, copied to every machine: small, or rarely written."""

OF_ACCOUNTS = (
    *("account_state", "case_age_total", "case_entry", "case_total", "cash_difference", "claim_case"),
    *(
        "claim_case_item",
        "coverage",
        "customer_return",
        "customer_shipment",
        "deadline_total",
        "due_total",
        "fee_preview",
    ),
    *("finance_transaction", "follow_up_total", "inbound_item", "inbound_shipment", "inventory_balance"),
    *("inventory_event", "item", "item_evidence", "item_total", "legacy_adjustment", "order_line", "outcome_total"),
    *("payment_total", "referral_fee_preview", "reimbursement", "removal_order", "removal_shipment", "replacement"),
    *("report_coverage", "report_state", "return_order_line", "row_issue", "settlement_line", "settlement_v1_row"),
    *("shipment_delivery", "source_file", "sourcing_cost", "stated_coverage", "surplus", "sync_run", "unknown_word"),
    *("name_group", "report_row_day", "touched_row", "waiting_group", "waiting_total", "withdrawn_item"),
)
"""Distributed tables; all rows of an account are on the same machine."""

HERE = ("schema_version",)
"""Local tables, on the machine that runs migrations."""

_REFERENCES = """
    select c.conrelid::regclass::text as referring, c.confrelid::regclass::text as referred
    from pg_constraint as c
    inner join pg_class as t on t.oid = c.conrelid and t.relnamespace = 'public'::regnamespace
    where c.contype = 'f' and c.conrelid <> c.confrelid
"""
_SETTINGS = (
    "set local citus.multi_shard_modify_mode = 'sequential'",
    "set local citus.enable_local_reference_table_foreign_keys = off",
)


def distribute(connection: Connection) -> int:
    """Distribute each table as declared, in the caller's transaction; returns how many were distributed.

    Already distributed tables stay unchanged, so it can run again after a migration. Raises ConfigurationError where
    Citus is not installed.
    """
    _check_installed(connection)
    for setting in _SETTINGS:
        connection.execute(text(setting))
    done = set(connection.execute(text("select logicalrelid::text from pg_dist_partition")).scalars())
    statements = [statement for table, statement in _statements(connection) if table not in done]
    for statement in statements:
        connection.execute(text(statement))
    # propagate `set local`, which names the user: otherwise other machines would show nobody any row
    name = connection.execute(text("select quote_ident(current_database())")).scalar_one()
    connection.execute(text(f"alter database {name} set citus.propagate_set_commands = 'local'"))
    return len(statements)


def in_order(connection: Connection, tables: Sequence[str]) -> list[str]:
    """The tables in dependency order: referenced tables first."""
    before: dict[str, set[str]] = {table: set() for table in tables}
    for row in connection.execute(text(_REFERENCES)):
        if row.referring in before and row.referred in before:
            before[row.referring].add(row.referred)
    return list(TopologicalSorter(before).static_order())


def _statements(connection: Connection) -> Iterator[tuple[str, str]]:
    for table in in_order(connection, SHARED):
        yield table, f"select create_reference_table('{table}')"
    first, *others = in_order(connection, OF_ACCOUNTS)
    yield first, f"select create_distributed_table('{first}', '{COLUMN}', colocate_with => 'none')"
    for table in others:
        yield table, f"select create_distributed_table('{table}', '{COLUMN}', colocate_with => '{first}')"


def _check_installed(connection: Connection) -> None:
    found = text("select extversion from pg_extension where extname = 'citus'")
    if connection.execute(found).scalar() is not None:
        return
    raise ConfigurationError(
        "Citus is not installed in this database, so there is nothing to distribute over. Install the extension on"
        " every machine, name it in shared_preload_libraries, run `create extension citus` in this database, and add"
        " the machines with citus_add_node. Without it Recoup runs on one machine as before."
    )
