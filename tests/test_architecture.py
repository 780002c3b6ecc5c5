"""Who may know whom, read from the imports, and what each query says it is.

`python -m loaders` is started as a process of its own, so nothing else needs to import the loaders.
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from core.settings import PROJECT

GROUND = ("core.vocabulary", "core.money", "core.form", "core.text", "core.errors", "core.claim_windows")
"""What everything may stand on, and which itself stands on the standard library alone."""

MAY_KNOW: dict[str, tuple[str, ...]] = {
    "core.vocabulary": ("core.errors",),
    "core.money": ("core.errors", "core.form"),
    "core.form": (),
    "core.text": (),
    "core.errors": (),
    "core.claim_windows": ("core.errors", "core.vocabulary", "core.money"),
    "core.settings": ("core.errors",),
    "core.logs": ("core.errors", "core.settings"),
    "core.metrics": ("core.errors", "core.settings"),
    "core.database": (*GROUND, "core.settings", "core.metrics", "core.reporting"),
    "core.reporting": GROUND,
    "core.settle": (*GROUND, "core.database"),
    "core.detect": (*GROUND, "core.database", "core.reporting", "core.settle"),
    "core.laws": (*GROUND, "core.database", "core.detect", "core.reporting"),
    "core.exports": (*GROUND, "core.settings"),
    "core.imports": (*GROUND, "core.database", "core.settings"),
    "core.queries": (*GROUND, "core.database", "core.exports", "core.reporting"),
    "core.lists": (*GROUND, "core.exports", "core.queries"),
    "core.statistics": (),
    "core.charts": GROUND,
    "core.ui": (
        *GROUND,
        "core.database",
        "core.queries",
        "core.charts",
        "core.exports",
        "core.imports",
        "core.lists",
        "core.logs",
        "core.metrics",
        "core.reporting",
        "core.settings",
        "core.statistics",
    ),
    "core.command_line": GROUND,
    "core.commands": (*GROUND, "core.command_line", "core.database", "core.detect", "core.laws", "core.settings"),
    "core.__main__": ("core.command_line", "core.commands"),
    "loaders": (
        *GROUND,
        "core.command_line",
        "core.database",
        "core.detect",
        "core.logs",
        "core.metrics",
        "core.reporting",
        "core.settings",
    ),
    "pages": ("core.ui", "core.charts", "core.vocabulary"),
    "app": ("core.ui", "core.settings", "pages"),
}
"""Each part, and the parts that it may import besides itself."""

LIBRARIES_ALONE_OF: dict[str, tuple[str, ...]] = {
    "streamlit": ("core.ui", "pages", "app"),
    "plotly": ("core.charts", "core.ui"),
    "pandas": ("core.queries", "core.charts", "core.ui"),
    "click": ("core.command_line", "core.commands", "core.__main__", "loaders"),
    "alembic": ("core.database",),
    "scipy": ("core.statistics",),
    "xlsxwriter": ("core.exports",),
    "psycopg2": ("core.database",),
    "prometheus_client": ("core.metrics",),
    "babel": ("core.ui",),
}
"""Libraries that no other part may import."""

GRAINS = ("-- one row per ", "-- what ", "-- law")


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the program with its file."""
    for folder in ("core", "loaders", "pages"):
        for path in sorted((PROJECT / folder).rglob("*.py")):
            yield ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"), path
    if (PROJECT / "app.py").exists():
        yield "app", PROJECT / "app.py"


@cache
def imports(path: Path) -> tuple[str, ...]:
    """All modules and names that a file imports, wherever in it."""
    return tuple(_imports(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(name: str) -> str:
    """The part of the program that a module or name belongs to; empty for what is not of the program."""
    return next((part for part in MAY_KNOW if name == part or name.startswith(f"{part}.")), "")


def test_every_module_belongs_to_a_part() -> None:
    packages = {"core", "loaders", "pages"}
    assert [name for name, _ in modules() if name not in packages and not part_of(name)] == []


@pytest.mark.parametrize("part", MAY_KNOW)
def test_a_part_imports_only_what_it_may_know(part: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules()
        if part_of(name) == part
        for imported in imports(path)
        if imported.partition(".")[0] in ("core", "loaders", "pages", "app", "tests")
        and part_of(imported) not in (part, *MAY_KNOW[part])
    ]
    assert wrong == []


@pytest.mark.parametrize("part", [*GROUND, "core.settings"])
def test_what_everything_stands_on_needs_no_library(part: str) -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules()
        if part_of(name) == part
        for imported in imports(path)
        if imported.partition(".")[0] not in (*sys.stdlib_module_names, "core")
    ]
    assert wrong == []


@pytest.mark.parametrize("library", LIBRARIES_ALONE_OF)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    wrong = [
        name
        for name, path in modules()
        if part_of(name) not in LIBRARIES_ALONE_OF[library]
        and any(imported.partition(".")[0] == library for imported in imports(path))
    ]
    assert wrong == []


def test_every_query_says_its_grain_in_its_first_line() -> None:
    queries = [path for folder in ("core", "loaders") for path in (PROJECT / folder).rglob("*.sql")]
    assert queries
    assert [path.name for path in queries if not path.read_text(encoding="utf-8").startswith(GRAINS)] == []
