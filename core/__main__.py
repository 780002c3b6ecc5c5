"""`python -m core`: commands for the database, accounts, users and checks."""

import click

from core.command_line import Group
from core.commands.accounts import account
from core.commands.check import check
from core.commands.database import migrate, url
from core.commands.distribute import distribute
from core.commands.logins import login
from core.commands.run import run
from core.commands.serve import serve
from core.commands.users import user


@click.group(cls=Group)
def main() -> None:
    """Recoup's database, accounts and users."""


for command in (migrate, url, serve, check, account, user, login, distribute, run):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="python -m core")
