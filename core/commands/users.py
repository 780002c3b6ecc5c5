"""`user add`, `user list`, `user remove`, `user grant` and `user revoke`."""

import click

from core.database.access import logins, people
from core.database.engine import owner_engine
from core.vocabulary import ROLES


@click.group()
def user() -> None:
    """Users and their grants."""


@user.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(list(ROLES)))
@click.option("--account", "accounts", multiple=True, help="An account's code; may be repeated. Staff need none.")
def add(email: str, role: str, accounts: tuple[str, ...]) -> None:
    """Add a user."""
    with owner_engine().begin() as connection:
        people.add_user(connection, email, role, accounts)
    click.echo(f"User {email.lower()} is there.", err=True)


@user.command("list")
def list_() -> None:
    """List the users."""
    with owner_engine().connect() as connection:
        for row in people.users(connection):
            click.echo(f"{row['email']}\t{row['role']}\t{' '.join(row['accounts'])}")


@user.command()
@click.argument("email")
def remove(email: str) -> None:
    """Remove a user; its grants end with its next interaction."""
    with owner_engine().begin() as connection:
        people.remove_user(connection, email)
    click.echo(f"User {email.lower()} is gone.", err=True)


@user.command()
@click.argument("email")
@click.option("--account", "accounts", multiple=True, required=True)
def grant(email: str, accounts: tuple[str, ...]) -> None:
    """Grant a user access to accounts."""
    with owner_engine().begin() as connection:
        for code in accounts:
            people.grant(connection, email, code)


@user.command()
@click.argument("email")
@click.option("--account", "accounts", multiple=True, required=True)
def revoke(email: str, accounts: tuple[str, ...]) -> None:
    """Revoke a user's access to accounts."""
    with owner_engine().begin() as connection:
        for code in accounts:
            people.revoke(connection, email, code)
    with owner_engine().begin() as connection:
        logins.end_sessions(connection, people.user_id_of(connection, email))  # sessions that began meanwhile
