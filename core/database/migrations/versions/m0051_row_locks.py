"""Locks are rows: readers may change none, so they can lock none, while anybody may take an advisory lock.

`work_lock` has a row for each kind of work on each account, and under 0 those of the sums over accounts
(core.database.locks). A user's downloads are counted under a lock on the user's own row.
"""

from alembic import op

revision = "0051"
down_revision = "0050"

TABLE = """
    create table work_lock (
        locked_id int not null,
        work text not null,
        constraint work_lock_pk primary key (locked_id, work)
    )
"""

POLICY = """
    create policy work_lock_of_loading on work_lock for all to recoup_loader
    using (locked_id = loading() or (locked_id = 0 and loading() is not null))
    with check (locked_id = loading())
"""

RECORD = """
    create or replace function record(what text, of_account int, told jsonb, most_an_hour int) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        so_far bigint;
    begin
        -- one at a time for a user, so that many at once can not pass the limit together
        perform 1 from public.app_user as u where u.user_id = public.entered() for no key update;
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


def upgrade() -> None:
    """Make the table and its guard, and count downloads under a lock of the user's row."""
    op.execute(TABLE)
    op.execute("alter table work_lock enable row level security")
    op.execute(POLICY)
    # to lock a row is to be allowed to change it
    op.execute("grant select, insert, update on work_lock to recoup_loader")
    op.execute(RECORD)
    # an import asks for the version before it writes, and no migration begins until it has ended
    op.execute("grant select on schema_version to recoup_loader")
