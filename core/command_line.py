"""Error handling shared by the command lines of `python -m core` and `python -m loaders`."""

import errno
from typing import Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from core.errors import DISK_FULL, RecoupError


class Group(click.Group):
    """A command group that reports a failure as a sentence on standard error, without a trace: exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the named command."""
        try:
            return super().invoke(ctx)
        except RecoupError as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            if getattr(error.orig, "pgcode", "") == "53100":  # disk_full
                raise click.ClickException(
                    f"{DISK_FULL} on the database's machine: {_first_line(error)}. Nothing is half written. Free some"
                    " space there and run it again."
                ) from error
            raise click.ClickException(f"The database does not answer: {_first_line(error)}") from error
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            where = f" ({error.filename})" if error.filename else ""
            raise click.ClickException(f"{DISK_FULL} here{where}. Free some space and run it again.") from error
        except ProgrammingError as error:
            if getattr(error.orig, "pgcode", "") in ("42P01", "3F000"):  # no such table, no such schema
                raise click.ClickException("The database is not set up yet. Run: python -m core migrate") from error
            raise


def _first_line(error: OperationalError) -> str:
    return str(error.orig).strip().partition("\n")[0]
