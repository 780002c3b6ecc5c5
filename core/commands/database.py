"""`migrate` and `url`."""

import click

from core.commands.serve import keep_for_a_while
from core.database import detections, engine
from core.database import migrate as migration


@click.command()
def migrate() -> None:
    """Bring the database to the newest shape. Idempotent."""
    migration.migrate()
    click.echo("The database is up to date.", err=True)
    with engine.owner_engine().connect() as connection:
        if waiting := detections.waiting(connection):
            click.echo(waiting.sentence(), err=True)


@click.command()
@click.option("--app", is_flag=True, help="The pages' connection instead of the owner's.")
def url(app: bool) -> None:
    """Print the connection's URL, for psql and other tools. Starts the embedded server, which then stays up as long as
    somebody is connected, and a minute longer: `serve` keeps it up.
    """
    address = engine.for_other_tools(engine.app_url() if app else engine.owner_url())
    if engine.is_embedded():
        keep_for_a_while()
    click.echo(address)
