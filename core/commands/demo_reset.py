"""`python -m core.commands.demo_reset`, the command behind `make demo-reset`: recreates the demo world."""

import click

from core.database import engine
from core.database.first_start import prepare
from core.database.server import embedded
from core.errors import RecoupError


@click.command()
def demo_reset() -> None:
    """Remove the embedded server's data, and load the demo again."""
    if not engine.is_embedded():
        raise click.UsageError("DATABASE_URL is set: a server of your own is never reset.")
    try:
        embedded.remove()
        prepare(click.echo, whole=True)
    except RecoupError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    demo_reset()
