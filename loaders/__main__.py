"""`python -m loaders`: commands for report files, detection and the demo."""

from importlib import import_module

import click

from core.command_line import Group

COMMANDS = ("formats", "sync", "watch", "detect", "status", "demo")


class _Commands(Group):
    """The commands, each imported when it is run: an import from a page waits for its process to start."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Their names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"loaders.commands.{name}"), name)
        return command


@click.group(cls=_Commands)
def main() -> None:
    """Load the marketplaces' report files."""


if __name__ == "__main__":
    main(prog_name="python -m loaders")
