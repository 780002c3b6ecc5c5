"""Sums over the accounts that an account manager works on, beside those over every account.

A `portfolio` is the set of accounts whose sums stand in the kept totals under `account_id` minus the user's. They are
changes that are only ever added, as those over every account: syncs never wait for each other. `enter` lets a user read
them as long as the set is what is granted to the user, and no longer: `granted_sums` are the accounts and it.
"""

from alembic import op

revision = "0029"
down_revision = "0028"

TOTALS = (
    *("item_total", "deadline_total", "due_total", "payment_total", "case_total", "outcome_total"),
    *("follow_up_total", "case_age_total"),
)

PORTFOLIO = """
    create table portfolio (
        user_id int not null,
        accounts int[] not null,
        constraint portfolio_pk primary key (user_id),
        constraint portfolio_user_fk foreign key (user_id) references app_user on delete cascade
    )
"""

SUMS_WITH = """
    create function sums_with(some_accounts int[]) returns table (account_id int, sum_id int)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    as $$
        select a.account_id, 0 from unnest(some_accounts) as a (account_id)
        union all
        select a.account_id, -p.user_id
        from unnest(some_accounts) as a (account_id)
        inner join public.portfolio as p on a.account_id = any(p.accounts)
    $$
"""

LOADING_SUMS = """
    create function loading_sums() returns int[]
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    as $$
        select array_agg(s.sum_id) from public.sums_with(array[public.loading()]) as s
    $$
"""

GRANTED_SUMS = """
    create function granted_sums() returns int[]
    language plpgsql stable parallel safe cost 10000
    set search_path = pg_catalog
    as $$
    begin
        return coalesce(nullif(current_setting('recoup.sums', true), '')::int[], '{}'::int[]);
    end
    $$
"""

ENTER = """
    create function enter(
        wanted_user_id int, out user_id int, out role text, out accounts int[], out portfolio int
    )
    language plpgsql volatile security definer
    -- pg_temp last, and tables by their schema: else a caller's temporary table could pose as one of ours
    set search_path = pg_catalog, pg_temp
    as $$
    begin
        select u.user_id, u.role into user_id, role from public.app_user as u where u.user_id = wanted_user_id;
        select coalesce(array_agg(g.account_id order by g.account_id), '{}') into accounts
        from public.user_account as g
        where g.user_id = wanted_user_id;
        select -p.user_id into portfolio
        from public.portfolio as p
        where p.user_id = wanted_user_id and p.accounts = enter.accounts;
        -- set local, not set_config: it reaches the other machines of a distributed server too
        execute format('set local recoup.user_id = %L', coalesce(user_id::text, ''));
        execute format('set local recoup.accounts = %L', accounts::text);
        -- in their order, in which an index is asked for them
        execute format('set local recoup.sums = %L', array_remove(portfolio || accounts, null)::text);
    end
    $$
"""


def upgrade() -> None:
    """Make the table and the functions; portfolios are filled after all migrations (core.database.rollups)."""
    op.execute(PORTFOLIO)
    # `enter` alone reads it for the pages
    op.execute("alter table portfolio enable row level security")
    op.execute("create policy portfolio_of_self on portfolio for select to recoup_app using (user_id = entered())")
    op.execute(SUMS_WITH)
    op.execute(LOADING_SUMS)
    op.execute(GRANTED_SUMS)
    op.execute("drop function enter(int)")
    op.execute(ENTER)
    for signature, role in (
        ("enter(int)", "recoup_app"),
        ("sums_with(int[])", "recoup_loader"),
        ("loading_sums()", "recoup_loader"),
    ):
        op.execute(f"revoke execute on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {role}")
    # what opens later is asked of accounts, and of all of them: the sums over portfolios would be walked past
    op.execute("drop index deadline_total_by_opening")
    op.execute(
        "create index deadline_total_by_opening on deadline_total (currency, opens_on, account_id)"
        " include (marketplace, deadline_on, items, amount) where part = 'sure' and account_id >= 0"
    )
    for table in TOTALS:
        op.execute(f"drop policy {table}_of_granted on {table}")
        op.execute(f"drop policy {table}_of_all_accounts on {table}")
        guard_sums(table)


def guard_sums(table: str) -> None:
    """Let a user read its accounts' rows of a total and its portfolio's, and an import add to the total what it changes
    of the sums that its account is in.
    """
    op.execute(
        f"create policy {table}_of_granted on {table} for select to recoup_app using (account_id = any(granted_sums()))"
    )
    op.execute(
        f"create policy {table}_of_sums on {table} for insert to recoup_loader"
        " with check (account_id = any(loading_sums()))"
    )
