"""Who may read which rows: row security on every table with rows of an account or of a person.

`recoup_app` is the pages' role for sellers and account managers: it reads what `enter` granted in this transaction, and
nothing where nothing was granted. `recoup_staff` reads every account. Both own nothing and can not bypass row security.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

TENANT_TABLES = (
    "source_file",
    "sync_run",
    "row_issue",
    "inventory_event",
    "reimbursement",
    "customer_return",
    "settlement_line",
    "case_entry",
    "sourcing_cost",
    "item",
    "item_evidence",
    "claim_case",
    "claim_case_item",
)
SHARED_OF_ACCOUNTS = ("account", "account_marketplace")
SHARED_OF_PEOPLE = ("app_user", "user_account")

ROLES = """
    do $$
    declare role_name text;
    begin
        foreach role_name in array array['recoup_app', 'recoup_staff'] loop
            begin
                execute format(
                    'create role %I login nosuperuser nocreatedb nocreaterole noinherit nobypassrls', role_name
                );
            exception when duplicate_object or unique_violation then
                null;  -- roles belong to the server, and another database of it has made them already
            end;
        end loop;
    end
    $$
"""

GRANTED = """
    create function granted() returns int[]
    language plpgsql stable parallel safe cost 10000
    set search_path = pg_catalog
    as $$
    begin
        -- the setting reads as '' once a transaction that set it has ended, hence nullif
        return coalesce(nullif(current_setting('recoup.accounts', true), '')::int[], '{}'::int[]);
    end
    $$
"""

ENTERED = """
    create function entered() returns int
    language plpgsql stable parallel safe cost 10000
    set search_path = pg_catalog
    as $$
    begin
        return nullif(current_setting('recoup.user_id', true), '')::int;
    end
    $$
"""

ENTER = """
    create function enter(wanted_user_id int, out user_id int, out role text, out accounts int[])
    language plpgsql volatile security definer
    -- pg_temp last, and tables by their schema: else a caller's temporary table could pose as one of ours
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        select u.user_id, u.role into user_id, role from public.app_user as u where u.user_id = wanted_user_id;
        select coalesce(array_agg(g.account_id order by g.account_id), '{}') into accounts
        from public.user_account as g
        where g.user_id = wanted_user_id;
        -- set local, not set_config: it reaches the other machines of a distributed server too
        execute format('set local recoup.user_id = %L', coalesce(user_id::text, ''));
        execute format('set local recoup.accounts = %L', accounts::text);
    end
    $$
"""

USER_WITH_EMAIL = """
    create function user_with_email(wanted_email text) returns int
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    as $$ select user_id from public.app_user where email = lower(wanted_email) $$
"""


def upgrade() -> None:
    """Make the roles, the functions that name the user, and the policies."""
    op.execute(ROLES)
    for function in (GRANTED, ENTERED, ENTER, USER_WITH_EMAIL):
        op.execute(function)
    for signature in ("enter(int)", "user_with_email(text)"):
        op.execute(f"revoke execute on function {signature} from public")
        op.execute(f"grant execute on function {signature} to recoup_app")
    for table in (*TENANT_TABLES, *SHARED_OF_ACCOUNTS):
        op.execute(f"alter table {table} enable row level security")
        op.execute(
            f"create policy {table}_of_granted on {table} for select to recoup_app using (account_id = any(granted()))"
        )
        op.execute(f"create policy {table}_of_all on {table} for select to recoup_staff using (true)")
        op.execute(f"grant select on {table} to recoup_app, recoup_staff")
    for table in SHARED_OF_PEOPLE:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"create policy {table}_of_self on {table} for select to recoup_app using (user_id = entered())")
        op.execute(f"create policy {table}_of_all on {table} for select to recoup_staff using (true)")
        op.execute(f"grant select on {table} to recoup_app, recoup_staff")
    for table in ("marketplace", "category", "stage", "adjustment_reason", "payment_reason", "claim_window"):
        op.execute(f"grant select on {table} to recoup_app, recoup_staff")
