"""`account add`, `account list` and `account remove`."""

import click

from core.database.access import people
from core.database.engine import owner_engine


@click.group()
def account() -> None:
    """The sellers' accounts."""


@account.command()
@click.argument("code")
@click.option("--name", required=True, help="The seller's name, as people say it.")
@click.option("--marketplace", "marketplaces", multiple=True, required=True, help="Such as AMAZON_US; may be repeated.")
def add(code: str, name: str, marketplaces: tuple[str, ...]) -> None:
    """Add an account."""
    with owner_engine().begin() as connection:
        people.add_account(connection, code, name, marketplaces)
    click.echo(f"Account {code.upper()} is there.", err=True)


@account.command("list")
def list_() -> None:
    """List the accounts."""
    with owner_engine().connect() as connection:
        for row in people.accounts(connection):
            click.echo(f"{row['code']}\t{row['name']}\t{' '.join(row['marketplaces'])}")


@account.command()
@click.argument("code")
@click.confirmation_option(prompt="This removes all that was synced for the account. Go on?")
def remove(code: str) -> None:
    """Remove an account with all that was synced for it."""
    with owner_engine().begin() as connection:
        people.remove_account(connection, code)
    click.echo(f"Account {code.upper()} is gone.", err=True)
