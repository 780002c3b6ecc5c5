"""Alembic's entry: runs the migrations over the connection that `core.database.migrate` hands in."""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]

# Where Citus is installed, DDL over many shards must run one after the other, and shared tables must not become
# shards by a foreign key. Unknown settings with a dot in their name are harmless on plain PostgreSQL.
connection.execute(text("set citus.multi_shard_modify_mode = 'sequential'"))
connection.execute(text("set citus.enable_local_reference_table_foreign_keys = off"))

context.configure(connection=connection, target_metadata=None, version_table="schema_version")
with context.begin_transaction():
    context.run_migrations()
