"""The README names all that there is, in the registries' own words."""

import re
from collections.abc import Iterable

import pytest

from core.detect import DETECTORS
from core.reporting import PUBLIC
from core.settings import PROJECT
from core.vocabulary import CASE_STATUSES, CATEGORIES, MARKETPLACES, REPORTS, ROLES, STAGES, TOTALS
from loaders.formats import FORMATS

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def rows_with(*cells: str) -> list[list[str]]:
    """The rows of the README's tables that have all of these cells."""
    tables = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in README.splitlines() if line.startswith("|")
    ]
    return [row for row in tables if all(cell in row for cell in cells)]


def categories() -> Iterable[tuple[str, ...]]:
    for category in CATEGORIES.values():
        channels = ", ".join(channel.label for channel in category.channels)
        is_detected = "yes" if category.code in DETECTORS else "no"
        yield category.label, f"`{category.code}`", category.meaning, channels, is_detected


def cells() -> Iterable[tuple[str, ...]]:
    yield from categories()
    yield from ((TOTALS[entry.total].label, entry.label, f"`{entry.code}`", entry.meaning) for entry in STAGES.values())
    yield from ((status.label, f"`{status.code}`", status.meaning) for status in CASE_STATUSES.values())
    yield from ((f"`{report.code}`", report.label) for report in FORMATS)
    yield from ((role.label, f"`{role.code}`") for role in ROLES.values())
    yield from ((f"`reporting.{view}`",) for view in PUBLIC)
    for place in MARKETPLACES.values():
        if not place.is_unassigned:
            yield f"`{place.code}`", place.label, place.currency, place.time_zone


def test_every_report_of_the_registry_is_read_and_has_its_words() -> None:
    assert [report.code for report in FORMATS] == list(REPORTS)


@pytest.mark.parametrize("wanted", list(cells()), ids=lambda wanted: str(wanted[0]))
def test_a_table_has_a_row_for_each_entry_of_the_registries(wanted: tuple[str, ...]) -> None:
    assert len(rows_with(*wanted)) == 1


def test_every_variable_that_the_settings_read_is_explained() -> None:
    settings = (PROJECT / "core" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'_(?:text|number)\("([A-Z_]+)"', settings))
    explained = {name for name in re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE) if name not in MARKETPLACES}
    assert explained == read


def test_every_command_is_named() -> None:
    from core.__main__ import main as core
    from loaders.__main__ import main as loaders

    for program, group in (("core", core), ("loaders", loaders)):
        for name, command in group.commands.items():
            if name != "run":  # make run
                assert f"python -m {program} {name}" in README, command.help


def test_every_picture_is_there() -> None:
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (PROJECT / path).is_file(), path
