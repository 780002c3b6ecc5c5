"""Whether a session may go on is asked in every transaction that is made for it, without counting as a visit: signing
out, idling, a removal and a revoke hold for a click, a download and a write that come from a page which is still open.

A sign-in from the future is none: its session would outlive every limit.
"""

from alembic import op

revision = "0053"
down_revision = "0052"

STANDING = """
    create function standing(
        wanted_user_id int, wanted_key text, idle interval, lifetime interval
    ) returns text
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        known public.user_session%rowtype;
    begin
        select * into known from public.user_session as s where s.session_key = wanted_key;
        return case
            when known.session_key is null then 'unknown'
            when known.signed_in_at + lifetime < now() then 'expired'
            when known.ended_at is not null or known.user_id <> wanted_user_id then 'ended'
            when known.seen_at + idle < now() then 'idle'
            else 'open'
        end;
    end
    $$
"""

ENTER_SESSION = """
    create function enter_session(
        wanted_user_id int, wanted_key text, idle interval, lifetime interval,
        out state text, out user_id int, out role text, out accounts int[], out portfolio int
    )
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        state := public.standing(wanted_user_id, wanted_key, idle, lifetime);
        select e.user_id, e.role, e.accounts, e.portfolio into user_id, role, accounts, portfolio
        from public.enter(case when state = 'open' then wanted_user_id end) as e;
    end
    $$
"""

ATTEND = """
    create or replace function attend(
        wanted_user_id int, wanted_key text, wanted_signed_in_at timestamptz, idle interval, lifetime interval
    ) returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
    declare
        state text;
    begin
        -- two clocks may differ a little
        if wanted_signed_in_at > now() + interval '2 minutes' then
            return 'future';
        end if;
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
        state := public.standing(wanted_user_id, wanted_key, idle, lifetime);
        if state = 'open' then
            update public.user_session as s set seen_at = now()
            where s.session_key = wanted_key and s.seen_at < now() - interval '1 minute';
        end if;
        return state;
    end
    $$
"""


def upgrade() -> None:
    """Make the functions."""
    for function in (STANDING, ENTER_SESSION, ATTEND):
        op.execute(function)
    for signature in (
        "standing(int, text, interval, interval)",
        "enter_session(int, text, interval, interval)",
    ):
        op.execute(f"revoke execute on function {signature} from public")
        op.execute(f"grant execute on function {signature} to recoup_app")
