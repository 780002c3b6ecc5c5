"""The locked versions are what `make` and the images install: they satisfy the ranges, and each has its hashes."""

import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from core.settings import PROJECT

LOCKS = {
    "requirements.lock": ("requirements.txt",),
    "requirements-dev.lock": ("requirements.txt", "requirements-dev.txt"),
}
"""Each lock file, and the lists of ranges that it is made from."""

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {"linux": "Linux", "darwin": "Darwin"}
ENVIRONMENTS = [
    default_environment()
    | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
        "platform_system": name,
        "platform_machine": machine,
    }
    for python in PYTHONS
    for system, name in SYSTEMS.items()
    for machine in ("x86_64", "arm64")
]
"""What `make` may meet: each supported Python, on Linux and macOS."""


class Locked(NamedTuple):
    """One line of a lock file, with the number of its hashes."""

    requirement: Requirement
    hashes: int


def ranges(name: str) -> Iterator[Requirement]:
    for line in (PROJECT / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith(("#", "-r")):
            yield Requirement(line)


def locked(lock: Path) -> list[Locked]:
    text = re.sub(r"(?m)^ *#.*\n", "", lock.read_text(encoding="utf-8")).replace("\\\n", "")
    return [
        Locked(Requirement(line.partition(" --hash=")[0].strip()), line.count("--hash=sha256:"))
        for line in text.splitlines()
        if line.strip()
    ]


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def versions(lock: str, environment: Mapping[str, Any]) -> dict[str, str]:
    """What is installed from a lock file there."""
    return {
        folded(each.name): next(iter(each.specifier)).version
        for each, _ in locked(PROJECT / lock)
        if each.marker is None or each.marker.evaluate(environment)
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locked_versions_satisfy_the_ranges_everywhere(lock: str) -> None:
    for environment in ENVIRONMENTS:
        there = versions(lock, environment)
        wrong = [
            f"{each} (locked: {there.get(folded(each.name))})"
            for name in LOCKS[lock]
            for each in ranges(name)
            if not each.specifier.contains(there.get(folded(each.name), "0"))
        ]
        assert not wrong, f"requirements changed; run `make lock`: {wrong}"


@pytest.mark.parametrize("lock", LOCKS)
def test_each_locked_version_is_exact_and_has_its_hashes(lock: str) -> None:
    for requirement, hashes in locked(PROJECT / lock):
        assert [each.operator for each in requirement.specifier] == ["=="], requirement
        assert hashes, requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_place_on_the_internet(lock: str) -> None:
    assert not re.search(r"://|index-url|find-links", (PROJECT / lock).read_text(encoding="utf-8"))


def test_what_the_tests_run_with_is_what_is_deployed() -> None:
    development = versions("requirements-dev.lock", ENVIRONMENTS[0])
    assert versions("requirements.lock", ENVIRONMENTS[0]).items() <= development.items()


def test_what_the_locked_packages_need_is_locked() -> None:
    there = versions("requirements.lock", default_environment())
    missing = [
        f"{name} needs {need}"
        for name, version in there.items()
        if version == installed(name)
        for need in map(Requirement, metadata.requires(name) or ())
        if (need.marker is None or need.marker.evaluate({"extra": ""}))
        and not need.specifier.contains(there.get(folded(need.name), "0"), prereleases=True)
    ]
    assert not missing


def installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
