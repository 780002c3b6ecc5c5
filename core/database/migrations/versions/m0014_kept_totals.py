"""Totals that are kept beside the rows that they sum, how fresh each account is, and the indexes of the lists.

core.reporting.rollups says what an account's totals are. Under `account_id` 0 stand those of all accounts together,
for staff: changes that are only ever added, each `batch` by a transaction of its own, so that syncs of many accounts
never wait for each other. They are put together now and then. `batch` is 0 in an account's own totals.

`account_state` has when an account was last synced, up to which day its reports reach, the last attempt, and a
`version` that grows with each change of its figures.

The lists go by deadline, by amount or by event, within one account or over many. Over many the account comes second:
PostgreSQL 18 skips from day to day and looks up the accounts in each, older ones read the days through. The indexes
of what is open hold it in parts: what is sure (ready, future), what is in review, and both together (expired).
"""

from alembic import op

revision = "0014"
down_revision = "0013"

SERIES = "marketplace text not null, channel text not null, category text not null, currency text not null"
MONEY = "items bigint not null, units bigint not null, amount numeric not null, items_without_value bigint not null"

TOTALS = {
    "item_total": (f"{SERIES}, part text not null, {MONEY}", "marketplace, channel, category, currency, part"),
    "deadline_total": (
        f"deadline_on date not null, opens_on date not null, {SERIES}, part text not null, {MONEY}",
        "deadline_on, opens_on, marketplace, channel, category, currency, part",
    ),
    "payment_total": (
        (
            "channel text not null, currency text not null, month date not null,"
            " payments bigint not null, recovered numeric not null, reversed numeric not null"
        ),
        "channel, currency, month",
    ),
    "case_total": (
        (
            f"{SERIES}, status text not null, stage text not null, origin text not null, cases bigint not null,"
            " without_claim bigint not null, claimed numeric not null, recovered numeric not null"
        ),
        "marketplace, channel, category, currency, status, stage, origin",
    ),
}

ACCOUNT_STATE = """
    create table account_state (
        account_id int not null,
        synced_at timestamptz,
        data_through date,
        last_run bigint not null default 0,
        version bigint not null default 0,
        constraint account_state_pk primary key (account_id)
    )
"""

KNOWN_STATES = """
    insert into account_state (account_id, synced_at, data_through, last_run)
    select account_id, max(finished_at) filter (where status <> 'refused'), max(data_through), max(run_id)
    from sync_run
    group by account_id
"""

OPEN_PARTS = {
    "sure": ("units_open > units_doubtful", "(units_open - units_doubtful) * unit_value"),
    "review": ("(units_doubtful > 0 or rest <> 0)", "units_doubtful * unit_value + rest"),
    "open": ("(units_open > 0 or rest <> 0)", "units_open * unit_value + rest"),
}
"""For each part of what is open: when an item has it, and its amount. The lists' queries say the same."""

CASE_RANKS = {
    "opened": "(coalesce(date '2000-01-01' - opened_on, 1000000))",
    "claimed": "(coalesce(-claimed_amount, 1))",
}
"""By what the list of cases goes."""

NEWEST = "event_on desc nulls last"
NOT_PAID = "units_in_case <> 0 or units_denied <> 0 or units_reversed <> 0 or reversed <> 0"


def pair(name: str, column: str, condition: str, last: str = "") -> list[str]:
    """The index for one account, and the one for many; `last` is what is looked at in passing."""
    where, also = f" where {condition}" if condition else "", f", {last}" if last else ""
    return [
        f"create index {name}_of_account on item (account_id, {column}{also}){where}",
        f"create index {name}_of_all on item ({column}, account_id{also}){where}",
    ]


def indexes() -> list[str]:
    """The statements that make the indexes of the lists."""
    statements = ["drop index item_by_deadline"]
    for part, (has_it, amount) in OPEN_PARTS.items():
        statements += pair(f"item_{part}_by_deadline", "deadline_on", has_it)
        statements += pair(f"item_{part}_by_amount", f"(coalesce(-({amount}), 1))", has_it)
    return [
        *statements,
        *pair("item_by_event", NEWEST, ""),
        *pair("item_open_by_event", NEWEST, OPEN_PARTS["open"][0], "deadline_on"),
        *pair("item_not_paid_by_event", NEWEST, NOT_PAID),
        *(
            f"create index claim_case_by_{name} on claim_case ({rank}, account_id, marketplace, case_id)"
            for name, rank in CASE_RANKS.items()
        ),
    ]


def upgrade() -> None:
    """Make the tables, guard them, and make the indexes."""
    for table, (columns, key) in TOTALS.items():
        op.execute(f"create table {table} (account_id int not null, batch bigint not null default 0, {columns})")
        op.execute(f"alter table {table} add constraint {table}_pk primary key (account_id, {key}, batch)")
    # a batch is not the number of its transaction: that is counted anew after a restore
    op.execute("create sequence kept_batch")
    op.execute("grant usage on sequence kept_batch to recoup_loader")
    op.execute(ACCOUNT_STATE)
    op.execute(KNOWN_STATES)
    for table in (*TOTALS, "account_state"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(
            f"create policy {table}_of_granted on {table} for select to recoup_app using (account_id = any(granted()))"
        )
        op.execute(f"create policy {table}_of_all on {table} for select to recoup_staff using (true)")
        op.execute(
            f"create policy {table}_of_loading on {table} for all to recoup_loader"
            " using (account_id = loading()) with check (account_id = loading())"
        )
        op.execute(f"grant select on {table} to recoup_app, recoup_staff")
        op.execute(f"grant select, insert, update, delete on {table} to recoup_loader")
    for table in TOTALS:
        # what an import changes of the sums over all accounts it may add, and no more
        op.execute(
            f"create policy {table}_of_all_accounts on {table} for insert to recoup_loader with check (account_id = 0)"
        )
    for statement in indexes():
        op.execute(statement)
    for role in ("recoup_app", "recoup_staff"):
        # what pages read is in memory, or on a disk without arms: the first rows of an index are found at once
        op.execute(f"alter role {role} set random_page_cost = 1.1")
