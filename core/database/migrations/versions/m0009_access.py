"""Sessions with limits, an audit log, service requests, saved views, and the role of imports from a page.

The pages write through functions that run with the owner's rights, take the user from `entered()` alone, and check that
user's rights themselves; only `recoup_app` may call them. The one exception are saved views, which are the user's own
rows. The audit log can be read by staff and its own user, and no role of the app can change or remove a line of it.

`recoup_loader` takes report files in for the account that `load_for` named in the same transaction, and sees no other.
"""

from alembic import op

from core.database.migrations.versions.m0005_row_security import TENANT_TABLES as FIRST_TABLES
from core.database.migrations.versions.m0006_more_reports import REPORTS as MORE_TABLES

revision = "0009"
down_revision = "0008"

WRITTEN_BY_LOADS = (*FIRST_TABLES, *MORE_TABLES, "withdrawn_item")
READ_BY_LOADS = ("marketplace", "category", "stage", "adjustment_reason", "payment_reason", "claim_window")

ROLE = """
    do $$
    begin
        create role recoup_loader login nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
    exception when duplicate_object or unique_violation then
        null;  -- roles belong to the server, and another database of it has made it already
    end
    $$
"""

TABLES = (
    """
    create table user_session (
        session_key text not null,
        user_id int not null,
        signed_in_at timestamptz not null,
        seen_at timestamptz not null,
        ended_at timestamptz,
        constraint user_session_pk primary key (session_key),
        constraint user_session_user_fk foreign key (user_id) references app_user on delete cascade
    )
    """,
    """
    create table audit_log (
        audit_id bigint generated always as identity,
        at timestamptz not null default now(),
        user_id int,
        email text not null,
        action text not null,
        about_account_id int,
        detail jsonb not null,
        constraint audit_log_pk primary key (audit_id)
    )
    """,
    "create index audit_log_by_user on audit_log (user_id, action, at)",
    """
    create table service_request (
        account_id int not null,
        marketplace text not null,
        requested_by text not null,
        requested_at timestamptz not null default now(),
        initiated_by text,
        initiated_at timestamptz,
        constraint service_request_pk primary key (account_id, marketplace)
    )
    """,
    """
    create table saved_view (
        user_id int not null,
        name text not null,
        page text not null,
        query text not null,
        saved_at timestamptz not null default now(),
        constraint saved_view_pk primary key (user_id, name),
        constraint saved_view_user_fk foreign key (user_id) references app_user on delete cascade,
        constraint saved_view_is_small check (length(name) between 1 and 80 and length(query) <= 2000)
    )
    """,
)

LOADING = """
    create function loading() returns int
    language plpgsql stable parallel safe cost 10000
    set search_path = pg_catalog
    as $$
    begin
        return nullif(current_setting('recoup.loading', true), '')::int;
    end
    $$
"""

LOAD_FOR = """
    create function load_for(wanted_user_id int, wanted_code text, out account_id int, out role text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        select a.account_id, u.role into account_id, role
        from public.account as a
        cross join public.app_user as u
        where
            a.code = wanted_code
            and u.user_id = wanted_user_id
            and (
                u.role = 'staff'
                or exists (
                    select 1 from public.user_account as g
                    where g.user_id = u.user_id and g.account_id = a.account_id
                )
            );
        execute format('set local recoup.loading = %L', coalesce(account_id::text, ''));
    end
    $$
"""

ATTEND = """
    create function attend(
        wanted_user_id int, wanted_key text, wanted_signed_in_at timestamptz, idle interval, lifetime interval
    ) returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        known public.user_session%rowtype;
    begin
        if wanted_signed_in_at + lifetime < now() then
            return 'expired';
        end if;
        insert into public.user_session (session_key, user_id, signed_in_at, seen_at)
        values (wanted_key, wanted_user_id, wanted_signed_in_at, now())
        on conflict (session_key) do nothing;
        if found then
            delete from public.user_session as s where s.user_id = wanted_user_id and s.signed_in_at + lifetime < now();
            insert into public.audit_log (user_id, email, action, detail)
            select u.user_id, u.email, 'sign_in', '{}' from public.app_user as u where u.user_id = wanted_user_id;
            return 'open';
        end if;
        select * into known from public.user_session as s where s.session_key = wanted_key;
        if known.ended_at is not null or known.user_id <> wanted_user_id then
            return 'ended';
        end if;
        if known.seen_at + idle < now() then
            return 'idle';
        end if;
        if known.seen_at < now() - interval '1 minute' then
            update public.user_session as s set seen_at = now() where s.session_key = wanted_key;
        end if;
        return 'open';
    end
    $$
"""

END_SESSION = """
    create function end_session(wanted_key text) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
        update public.user_session set ended_at = now() where session_key = wanted_key and ended_at is null
    $$
"""

TELL = """
    create function tell_audit_log(what text, of_account int, told jsonb) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
        insert into public.audit_log (user_id, email, action, about_account_id, detail)
        select u.user_id, u.email, what, of_account, told from public.app_user as u where u.user_id = public.entered()
    $$
"""

RECORD = """
    create function record(what text, of_account int, told jsonb, most_an_hour int) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        so_far bigint;
    begin
        -- one at a time for a user, so that many at once can not pass the limit together
        perform pg_advisory_xact_lock(17491, public.entered());
        select count(*) into so_far
        from public.audit_log as l
        where l.user_id = public.entered() and l.action = what and l.at > now() - interval '1 hour';
        if so_far >= most_an_hour then
            return false;
        end if;
        perform public.tell_audit_log(what, of_account, told);
        return true;
    end
    $$
"""

REACHES = """
    create function reaches(wanted_account_id int) returns boolean
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    as $$
        select exists (
            select 1
            from public.app_user as u
            left join public.user_account as g on g.user_id = u.user_id and g.account_id = wanted_account_id
            where u.user_id = public.entered() and (u.role = 'staff' or g.account_id is not null)
        )
    $$
"""

REQUEST_SERVICE = """
    create function request_service(wanted_account_id int, wanted_marketplace text) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        insert into public.service_request (account_id, marketplace, requested_by)
        select m.account_id, m.marketplace, u.email
        from public.account_marketplace as m
        inner join public.app_user as u on u.user_id = public.entered()
        where
            m.account_id = wanted_account_id
            and m.marketplace = wanted_marketplace
            and public.reaches(wanted_account_id)
        on conflict (account_id, marketplace) do nothing;
        if found then
            perform public.tell_audit_log(
                'service_request', wanted_account_id, jsonb_build_object('marketplace', wanted_marketplace)
            );
            return true;
        end if;
        return false;
    end
    $$
"""

INITIATE_SERVICE = """
    create function initiate_service(wanted_account_id int, wanted_marketplace text) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        update public.service_request as r
        set initiated_by = u.email, initiated_at = now()
        from public.app_user as u
        where
            r.account_id = wanted_account_id
            and r.marketplace = wanted_marketplace
            and r.initiated_at is null
            and u.user_id = public.entered()
            and u.role = 'staff';
        if found then
            perform public.tell_audit_log(
                'service_initiated', wanted_account_id, jsonb_build_object('marketplace', wanted_marketplace)
            );
            return true;
        end if;
        return false;
    end
    $$
"""

FUNCTIONS_OF_PAGES = (
    "attend(int, text, timestamptz, interval, interval)",
    "end_session(text)",
    "record(text, int, jsonb, int)",
    "reaches(int)",
    "request_service(int, text)",
    "initiate_service(int, text)",
)

POLICIES = (
    "alter table user_session enable row level security",
    # a policy alone gives nobody anything: only the functions above read it
    "create policy user_session_of_self on user_session for select to recoup_app using (user_id = entered())",
    "alter table audit_log enable row level security",
    "create policy audit_log_of_self on audit_log for select to recoup_app using (user_id = entered())",
    "create policy audit_log_of_all on audit_log for select to recoup_staff using (true)",
    "grant select on audit_log to recoup_app, recoup_staff",
    "alter table service_request enable row level security",
    """
    create policy service_request_of_granted on service_request for select to recoup_app
    using (account_id = any(granted()))
    """,
    "create policy service_request_of_all on service_request for select to recoup_staff using (true)",
    "grant select on service_request to recoup_app, recoup_staff",
    "alter table saved_view enable row level security",
    """
    create policy saved_view_of_self on saved_view for all to recoup_app
    using (user_id = entered()) with check (user_id = entered())
    """,
    "grant select, insert, update, delete on saved_view to recoup_app",
)

TIMEOUTS = {"recoup_app": "20s", "recoup_staff": "20s", "recoup_reader": "2min"}
"""How long one statement may take: a page gives up before its reader does, a BI tool's query may take longer."""


def upgrade() -> None:
    """Make the role, the tables, the functions and the policies."""
    op.execute(ROLE)
    for statement in (*TABLES, LOADING, LOAD_FOR, ATTEND, END_SESSION, TELL, RECORD, REACHES, REQUEST_SERVICE):
        op.execute(statement)
    op.execute(INITIATE_SERVICE)
    op.execute("revoke execute on function tell_audit_log(text, int, jsonb) from public")
    for signature in (*FUNCTIONS_OF_PAGES, "load_for(int, text)"):
        op.execute(f"revoke execute on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {_caller(signature)}")
    for statement in POLICIES:
        op.execute(statement)
    _let_loads_in()
    for role, longest in TIMEOUTS.items():
        op.execute(f"alter role {role} set statement_timeout = '{longest}'")


def _caller(signature: str) -> str:
    return "recoup_loader" if signature.startswith("load_for") else "recoup_app"


def _let_loads_in() -> None:
    for table in WRITTEN_BY_LOADS:
        op.execute(
            f"create policy {table}_of_loading on {table} for all to recoup_loader"
            " using (account_id = loading()) with check (account_id = loading())"
        )
        op.execute(f"grant select, insert, update, delete on {table} to recoup_loader")
    for table in ("account", "account_marketplace"):
        op.execute(
            f"create policy {table}_of_loading on {table} for select to recoup_loader using (account_id = loading())"
        )
        op.execute(f"grant select on {table} to recoup_loader")
    for table in READ_BY_LOADS:
        op.execute(f"grant select on {table} to recoup_loader")
