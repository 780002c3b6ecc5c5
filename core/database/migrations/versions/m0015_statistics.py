"""A function by which a load lets the server know the tables that it has just filled for the first time.

The server looks at them by itself, but up to a minute later; until then a detection of a few thousand rows is planned
blindly and takes a hundred times as long. An import's role may not look itself.
"""

from alembic import op

revision = "0015"
down_revision = "0014"

GATHER = """
    create function gather_statistics() returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        table_name text;
    begin
        for table_name in
            select format('%I.%I', n.nspname, c.relname)
            from pg_class as c
            inner join pg_namespace as n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind = 'r' and c.reltuples < 0 and pg_relation_size(c.oid) > 0
            order by c.relname
        loop
            execute 'analyze ' || table_name;
        end loop;
    end
    $$
"""


def upgrade() -> None:
    """Make the function."""
    op.execute(GATHER)
    op.execute("revoke execute on function gather_statistics() from public")
    op.execute("grant execute on function gather_statistics() to recoup_loader")
