"""`login add`, `login list` and `login remove`."""

import click
from sqlalchemy.engine import make_url

from core.database.access import logins, people
from core.database.engine import for_other_tools, owner_engine, owner_url


@click.group()
def login() -> None:
    """Read-only logins for other tools, each with one user's rights."""


@login.command()
@click.argument("name")
@click.option("--for", "email", required=True, help="The user whose rights the login has.")
@click.option(
    "--connections",
    type=click.IntRange(1, 100),
    default=logins.CONNECTIONS,
    show_default=True,
    help="Connection limit.",
)
def add(name: str, email: str, connections: int) -> None:
    """Add a login and print its URL with the password, which is shown this once."""
    with owner_engine().begin() as connection:
        password = logins.add(connection, name, people.user_id_of(connection, email), connections)
        if unbounded := logins.unbounded(connection):
            click.echo(
                f"{name} can use these without bounds: {', '.join(unbounded)}. The owner of the database may not bound"
                " them, for it is no superuser; deploy/postgres/roles.sh has the statements.",
                err=True,
            )
    address = make_url(owner_url()).set(username=name, password=password)
    click.echo(for_other_tools(address.render_as_string(hide_password=False)))


@login.command("list")
def list_() -> None:
    """List the logins."""
    with owner_engine().connect() as connection:
        for row in logins.logins(connection):
            click.echo(f"{row['login']}\t{row['email']}")


@login.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove a login."""
    with owner_engine().begin() as connection:
        logins.remove(connection, name)
    click.echo(f"Login {name} is gone.", err=True)
