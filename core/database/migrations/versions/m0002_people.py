"""Accounts, users and who may see what. Small shared tables that refer only to each other."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    create table account (
        account_id int generated always as identity,
        code text not null,
        name text not null,
        created_at timestamptz not null default now(),
        constraint account_pk primary key (account_id),
        constraint account_code_unique unique (code)
    )
    """,
    """
    create table account_marketplace (
        account_id int not null,
        marketplace text not null,
        constraint account_marketplace_pk primary key (account_id, marketplace),
        constraint account_marketplace_account_fk foreign key (account_id) references account on delete cascade,
        constraint account_marketplace_marketplace_fk foreign key (marketplace) references marketplace
    )
    """,
    """
    create table app_user (
        user_id int generated always as identity,
        email text not null,
        role text not null,
        created_at timestamptz not null default now(),
        constraint app_user_pk primary key (user_id),
        constraint app_user_email_unique unique (email),
        constraint app_user_email_is_folded check (email = lower(email)),
        constraint app_user_role_known check (role in ('seller', 'account_manager', 'staff'))
    )
    """,
    """
    create table user_account (
        user_id int not null,
        account_id int not null,
        granted_at timestamptz not null default now(),
        constraint user_account_pk primary key (user_id, account_id),
        constraint user_account_user_fk foreign key (user_id) references app_user on delete cascade,
        constraint user_account_account_fk foreign key (account_id) references account on delete cascade
    )
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
