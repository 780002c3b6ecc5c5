"""An import works with a ticket that the pages wrote for its user and account: a setting alone opens no account.

The pages keep a hash of the ticket. The import hands it in once and gets a key of its own for it, which travels in a
setting from then on; `loading` looks the key up for each row, so that no other value means anything.
"""

from alembic import op

revision = "0052"
down_revision = "0051"

TABLE = """
    create table import_ticket (
        ticket_hash bytea not null,
        for_user_id int not null,
        for_account_id int not null,
        issued_at timestamptz not null default now(),
        import_key uuid,
        constraint import_ticket_pk primary key (ticket_hash),
        constraint import_ticket_key_unique unique (import_key),
        constraint import_ticket_user_fk foreign key (for_user_id) references app_user on delete cascade,
        constraint import_ticket_account_fk foreign key (for_account_id) references account on delete cascade
    )
"""

ISSUE = """
    create function issue_ticket(wanted_code text, wanted_hash bytea) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        delete from public.import_ticket where issued_at < now() - interval '1 day';
        insert into public.import_ticket (ticket_hash, for_user_id, for_account_id)
        select wanted_hash, public.entered(), a.account_id
        from public.account as a
        where a.code = wanted_code and public.reaches(a.account_id);
        return found;
    end
    $$
"""

REDEEM = """
    create function redeem_ticket(ticket text) returns uuid
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        made uuid := gen_random_uuid();
    begin
        update public.import_ticket
        set import_key = made
        where
            ticket_hash = sha256(convert_to(ticket, 'UTF8'))
            and import_key is null
            and issued_at > now() - interval '10 minutes';
        return case when found then made end;
    end
    $$
"""

LOADING = """
    create or replace function loading() returns int
    language plpgsql stable parallel safe security definer cost 10000
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        given text := current_setting('recoup.import', true);
        found_id int;
    begin
        if given is null or given = '' then
            return null;
        end if;
        select t.for_account_id into found_id from public.import_ticket as t where t.import_key = given::uuid;
        return found_id;
    end
    $$
"""

LOAD_WITH = """
    create function load_with(given uuid, out account_id int, out role text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        -- what the user may bring in is asked in each transaction: a grant may have gone since the ticket was written
        select t.for_account_id, u.role into account_id, role
        from public.import_ticket as t
        inner join public.app_user as u on u.user_id = t.for_user_id
        where
            t.import_key = given
            and (
                u.role = 'staff'
                or exists (
                    select 1 from public.user_account as g
                    where g.user_id = u.user_id and g.account_id = t.for_account_id
                )
            );
        execute format('set local recoup.import = %L', case when account_id is null then '' else given::text end);
    end
    $$
"""


def upgrade() -> None:
    """Make the table and the functions; what let an import in by a user's number goes."""
    op.execute(TABLE)
    op.execute("alter table import_ticket enable row level security")  # without a policy: only the functions read it
    for function in (ISSUE, REDEEM, LOADING, LOAD_WITH):
        op.execute(function)
    op.execute("drop function load_for(int, text)")
    for signature, role in (
        ("issue_ticket(text, bytea)", "recoup_app"),
        ("redeem_ticket(text)", "recoup_loader"),
        ("load_with(uuid)", "recoup_loader"),
    ):
        op.execute(f"revoke execute on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {role}")
