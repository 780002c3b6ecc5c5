"""`python -m loaders`: commands for report files, detection and the demo."""

import click

from core.command_line import Group
from loaders.commands.demo import demo
from loaders.commands.detect import detect
from loaders.commands.formats import formats
from loaders.commands.status import status
from loaders.commands.sync import sync
from loaders.commands.watch import watch


@click.group(cls=Group)
def main() -> None:
    """Load the marketplaces' report files."""


for command in (formats, sync, watch, detect, status, demo):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="python -m loaders")
