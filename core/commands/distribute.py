"""`distribute`: distributes the schema over several machines by account."""

import click

from core.database import citus
from core.database.engine import owner_engine
from core.database.migrate import migrate


@click.command()
def distribute() -> None:
    """Spread the tables by account over the machines of a server with Citus. Idempotent."""
    migrate()
    with owner_engine().begin() as connection:
        tables = citus.distribute(connection)
    click.echo(
        f"{tables} tables were spread; the others were already." if tables else "All is spread already.", err=True
    )
