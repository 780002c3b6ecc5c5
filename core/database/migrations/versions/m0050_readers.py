"""Logins of other tools read by one policy that is the same for all of them: a function says which accounts a login's
user has at this moment, by the name with which the session began. No setting and no `set role` changes that name.

So a grant is a row and no longer a change of every table, which would wait for each reader's open transaction, and
`pg_policies` tells nobody's accounts. The policies themselves are made by core.database.access.logins.
"""

from alembic import op

revision = "0050"
down_revision = "0042"

READER_USER = """
    create function reader_user() returns int
    language plpgsql stable parallel safe security definer cost 10000
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        return (select l.user_id from public.login as l where l.login = session_user);
    end
    $$
"""

READER_ACCOUNTS = """
    create function reader_accounts() returns int[]
    language plpgsql stable parallel safe security definer cost 10000
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        reader int := public.reader_user();
    begin
        if exists (select 1 from public.app_user as u where u.user_id = reader and u.role = 'staff') then
            return (select array_agg(a.account_id) from public.account as a);
        end if;
        return (
            select coalesce(array_agg(g.account_id), '{}') from public.user_account as g where g.user_id = reader
        );
    end
    $$
"""

CONSTANT_POLICIES = """
    do $$
    declare
        found record;
    begin
        for found in
            select p.schemaname, p.tablename, p.policyname
            from pg_policies as p
            inner join public.login as l on p.policyname = 'login_' || l.login
            where p.schemaname = 'public'
        loop
            execute format('drop policy %I on %I.%I', found.policyname, found.schemaname, found.tablename);
        end loop;
    end
    $$
"""

LIMITS = """
    do $$
    declare
        name text;
        is_superuser boolean := (select r.rolsuper from pg_roles as r where r.rolname = current_user);
    begin
        for name in
            select r.rolname from public.login as l inner join pg_roles as r on r.rolname = l.login
        loop
            execute format('alter role %I connection limit 5', name);
            execute format('alter role %I set statement_timeout = %L', name, '2min');
            execute format('alter role %I set idle_in_transaction_session_timeout = %L', name, '5min');
            if has_parameter_privilege('temp_file_limit', 'set') then
                execute format('alter role %I set temp_file_limit = %L', name, '1GB');
            end if;
            if not is_superuser then  -- else its sessions could not be ended
                execute format('grant %I to current_user', name);
            end if;
        end loop;
    end
    $$
"""


def upgrade() -> None:
    """Make the functions, drop the policies that held the accounts of each login, and bound the logins there are."""
    for name, function in (("reader_user", READER_USER), ("reader_accounts", READER_ACCOUNTS)):
        op.execute(function)
        op.execute(f"revoke execute on function {name}() from public")
        op.execute(f"grant execute on function {name}() to recoup_reader")
    op.execute(CONSTANT_POLICIES)
    op.execute(LIMITS)
