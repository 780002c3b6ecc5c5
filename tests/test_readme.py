"""README.md and docs/ list every entry of the registries, each on its page and in the registry's own words."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from click import Context

from core.detect import DETECTED
from core.reporting import PUBLIC
from core.settings import PROJECT
from core.vocabulary import CASE_STATUSES, CATEGORIES, MARKETPLACES, REPORTS, ROLES, STAGES, TOTALS
from loaders.formats import FORMATS

PAGES = {
    str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8")
    for path in (PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md")))
}


def rows_with(page: str, *cells: str) -> list[list[str]]:
    """The rows of a page's tables that have all of these cells."""
    tables = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGES[page].splitlines()
        if line.startswith("|")
    ]
    return [row for row in tables if all(cell in row for cell in cells)]


def categories() -> Iterable[tuple[str, ...]]:
    for category in CATEGORIES.values():
        channels = ", ".join(channel.label for channel in category.channels)
        is_detected = "yes" if category.code in DETECTED else "no"
        yield category.label, f"`{category.code}`", category.meaning, channels, is_detected


def cells() -> Iterable[tuple[str, ...]]:
    """A page, and the cells that one row of its tables must have."""
    yield from (("docs/rules.md", *wanted) for wanted in categories())
    for stage in STAGES.values():
        yield "docs/rules.md", TOTALS[stage.total].label, stage.label, f"`{stage.code}`", stage.meaning
    yield from (("docs/rules.md", each.label, f"`{each.code}`", each.meaning) for each in CASE_STATUSES.values())
    yield from (("docs/reports.md", f"`{report.code}`", report.label) for report in FORMATS)
    yield from (("docs/permissions.md", role.label, f"`{role.code}`") for role in ROLES.values())
    yield from (("docs/sql.md", f"`reporting.{view}`") for view in PUBLIC)
    for place in MARKETPLACES.values():
        if not place.is_unassigned:
            yield "docs/reports.md", f"`{place.code}`", place.label, place.currency, place.time_zone


def test_every_report_of_the_registry_is_read_and_has_its_words() -> None:
    assert [report.code for report in FORMATS] == list(REPORTS)


@pytest.mark.parametrize("wanted", list(cells()), ids=lambda wanted: str(wanted[1]))
def test_a_table_has_a_row_for_each_entry_of_the_registries(wanted: tuple[str, ...]) -> None:
    assert len(rows_with(*wanted)) == 1


def test_every_variable_that_the_program_reads_is_explained() -> None:
    settings = (PROJECT / "core" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'_(?:text|number)\("([A-Z_]+)"', settings))
    options = [
        path.read_text(encoding="utf-8") for part in ("core", "loaders") for path in (PROJECT / part).rglob("*.py")
    ]
    read |= set(re.findall(r'envvar="([A-Z_]+)"', "".join(options)))
    names = re.findall(r"^\| (`[A-Z_`, ]+`) \|", PAGES["docs/operations.md"], re.MULTILINE)
    assert {name for cell in names for name in re.findall(r"[A-Z_]+", cell)} == read


def test_every_command_is_named() -> None:
    from core.__main__ import main as core
    from loaders.__main__ import main as loaders

    for program, group in (("core", core), ("loaders", loaders)):
        for name in group.list_commands(Context(group)):
            if name != "run":  # make run
                assert f"python -m {program} {name}" in PAGES["docs/operations.md"], name


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_leads_to_a_file_and_its_heading(page: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGES[page]):
        path, _, heading = target.partition("#")
        file = (PROJECT / page).parent / path if path else PROJECT / page
        assert file.exists(), target
        if heading:
            assert heading in anchors(file), target


def anchors(file: Path) -> list[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_the_readme_leads_to_every_page_of_the_docs() -> None:
    assert [page for page in PAGES if page != "README.md" and f"]({page})" not in PAGES["README.md"]] == []
