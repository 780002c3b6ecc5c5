"""Logins of other tools: which user each stands for, and the role that lets all of them read the views.

`recoup_reader` may read the tables' columns and no row of them: which rows, say policies of each login's own
(core.database.access.logins). It is apart from the pages' role: their policies trust a setting that any login can set.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

ROLE = """
    do $$
    begin
        create role recoup_reader nologin nosuperuser nocreatedb nocreaterole nobypassrls;
    exception when duplicate_object or unique_violation then
        null;  -- roles belong to the server, and another database of it has made it already
    end
    $$
"""

LOGIN = """
    create table login (
        login text not null,
        user_id int not null,
        created_at timestamptz not null default now(),
        constraint login_pk primary key (login),
        constraint login_user_fk foreign key (user_id) references app_user on delete cascade
    )
"""


def upgrade() -> None:
    """Make the role and the table."""
    op.execute(ROLE)
    op.execute(LOGIN)
    op.execute("alter table login enable row level security")
    op.execute("create policy login_of_self on login for select to recoup_app using (user_id = entered())")
    op.execute("create policy login_of_all on login for select to recoup_staff using (true)")
    op.execute("grant select on login to recoup_app, recoup_staff")
