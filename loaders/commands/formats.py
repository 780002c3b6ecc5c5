"""`formats`: list the report formats."""

import click

from loaders.formats import FORMATS


@click.command()
def formats() -> None:
    """List the report formats that Recoup reads, with the columns that a file must have."""
    for report in FORMATS:
        required = ", ".join(column.header for column in report.columns if not column.optional)
        click.echo(f"{report.code}: {report.label}{' (JSON)' if report.is_json() else ''}")
        click.echo(f"    {required}")
