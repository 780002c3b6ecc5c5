"""`migrate` and `url`."""

import click
from sqlalchemy.engine import make_url

from core.database import detections, engine
from core.database import migrate as migration


@click.command()
def migrate() -> None:
    """Bring the database to the newest shape. Running it again changes nothing."""
    migration.migrate()
    click.echo("The database is up to date.", err=True)
    with engine.owner_engine().connect() as connection:
        if waiting := detections.waiting(connection):
            click.echo(waiting.sentence(), err=True)


@click.command()
@click.option("--app", is_flag=True, help="The pages' connection instead of the owner's.")
def url(app: bool) -> None:
    """Print the connection's URL, for psql and other tools; starts the embedded server where that is used."""
    address = make_url(engine.app_url() if app else engine.owner_url())
    click.echo(address.set(drivername="postgresql").render_as_string(hide_password=False))
