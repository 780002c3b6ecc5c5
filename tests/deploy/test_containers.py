"""What the containers are made of, as far as it can be seen without an engine: the images' recipes, and compose.yaml
held against the files, the settings and the programs that it names.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.settings import PROJECT

DEPLOY = PROJECT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILES = [DEPLOY / "Dockerfile", DEPLOY / "pgbouncer" / "Dockerfile"]
OURS = {name for name, service in SERVICES.items() if service["image"] == "recoup:local"}


def variables() -> set[str]:
    """The variables that the settings read."""
    return set(re.findall(r'_(?:text|number)\("([A-Z_]+)"', (PROJECT / "core" / "settings.py").read_text()))


def mounted(service: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in service.get("volumes", ()):
        source, _, target = entry.partition(":")
        if source.startswith("."):
            yield source, target.removesuffix(":ro")


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda path: path.parent.name)
def test_a_recipe_of_an_image_has_no_known_fault(file: Path) -> None:
    hadolint = shutil.which("hadolint", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if hadolint is None:
        pytest.skip("hadolint is not here")
    done = subprocess.run([hadolint, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", DOCKERFILES, ids=lambda path: path.parent.name)
def test_an_image_starts_from_a_named_version_and_runs_as_nobody_special(file: Path) -> None:
    lines = file.read_text().splitlines()
    (base,) = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert re.search(r":.*\d|bookworm", base)
    assert [line.split()[1] for line in lines if line.startswith("USER ")] in (["10001"], ["10002"])


def test_the_image_holds_the_program_and_what_it_needs_and_no_secret() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    copied = [line.split()[1] for line in text.splitlines() if line.startswith("COPY ")]
    let_in = {
        line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line.startswith("!")
    }
    assert {name.rstrip("/") for name in copied} == let_in
    assert all((PROJECT / name).exists() for name in copied)
    assert {"core", "loaders", "pages", "app.py", "requirements.lock"} <= set(copied)
    assert "HEALTHCHECK" in text
    assert "/_stcore/health" in text


def test_every_image_is_of_a_named_version() -> None:
    for name, service in SERVICES.items():
        _, _, tag = service["image"].partition(":")
        assert tag not in ("", "latest"), name
        assert ("build" in service) == (tag == "local"), name


def test_every_service_says_how_it_is_known_to_be_well_and_comes_back() -> None:
    for name, service in SERVICES.items():
        runs_on = service.get("restart") == "unless-stopped" and "profiles" not in service
        has_check = "test" in service.get("healthcheck", {}) or name == "app"  # the image's own
        assert has_check == runs_on, name


def test_every_dependency_is_on_a_service_that_can_be_in_that_state() -> None:
    for name, service in SERVICES.items():
        for other, wanted in service.get("depends_on", {}).items():
            condition = wanted["condition"]
            if condition == "service_completed_successfully":
                assert SERVICES[other]["restart"] == "no", name
            else:
                assert condition == "service_healthy", name
                assert other == "app" or "test" in SERVICES[other]["healthcheck"], name


def test_every_variable_of_the_containers_is_one_that_the_settings_read() -> None:
    for name in OURS:
        for variable in SERVICES[name].get("environment", {}):
            assert variable.removesuffix("_FILE") in variables(), f"{name}: {variable}"
    of_image = re.findall(r"^ +(RECOUP_\w+)=", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert of_image
    assert {variable.removesuffix("_FILE") for variable in of_image} <= variables()


def test_every_secret_that_is_read_is_handed_over_and_made() -> None:
    made = set(re.findall(r"\bkeep (\w+_url)", (DEPLOY / "make_secrets.sh").read_text()))
    made |= {f"{role}_password" for role in ("postgres", "owner", "app", "staff", "loader")} | {"sign_in.toml"}
    assert set(COMPOSE["secrets"]) == made
    for name, service in SERVICES.items():
        handed = set(service.get("secrets", ()))
        values = [str(value) for value in service.get("environment", {}).values()]
        assert {
            value.removeprefix("/run/secrets/") for value in values if value.startswith("/run/secrets/")
        } <= handed, name
        assert handed <= made, name


def test_no_password_stands_in_any_file() -> None:
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.suffix != ".md" and "secrets" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert re.findall(r"(?i)password\s*[:=]\s*['\"]?\w+", text.replace("PASSWORD=$", "")) == [], path


def test_the_pages_are_not_handed_the_owners_connection() -> None:
    assert not any(secret.startswith("owner") for secret in SERVICES["app"]["secrets"])
    assert {name for name in SERVICES if "ports" in SERVICES[name]} == {"nginx"}


def test_nothing_of_recoups_runs_as_the_servers_superuser() -> None:
    superuser = SERVICES["postgres"]["environment"]["POSTGRES_USER"]
    urls = [line for line in (DEPLOY / "make_secrets.sh").read_text().splitlines() if "postgresql://" in line]
    assert urls
    assert not any(f"//{superuser}:" in line for line in urls)
    assert {name for name in SERVICES if "postgres_password" in SERVICES[name].get("secrets", ())} == {
        "postgres",
        "backup",
    }


def test_every_service_has_a_limit_of_memory_and_the_proxy_does_not_reach_the_database() -> None:
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert all("mem_limit" in service for service in SERVICES.values())
    assert COMPOSE["networks"]["data"]["internal"] is True
    assert networks == {name: {"data"} for name in SERVICES} | {"nginx": {"pages"}, "app": {"pages", "data"}}


def test_every_file_that_is_mounted_is_there_or_made_by_hand() -> None:
    by_hand = {"./secrets/recoup.pem", "./secrets/recoup.key", "./inbox"}
    for name, service in SERVICES.items():
        for source, _ in mounted(service):
            assert source in by_hand or (DEPLOY / source).is_file(), f"{name}: {source}"


def test_every_file_that_nginx_includes_is_mounted_where_it_looks() -> None:
    targets = {target for _, target in mounted(SERVICES["nginx"])}
    site = (DEPLOY / "nginx" / "recoup.conf").read_text()
    wanted = set(re.findall(r"(?:include|ssl_certificate\w*) (/[^;]+);", site))
    pages = (DEPLOY / "nginx" / "pages.conf").read_text()
    wanted |= {f"/etc/nginx/recoup{name}" for name in re.findall(r"location = (/\S+\.html) ", pages)}
    assert wanted <= targets


def test_every_health_check_asks_the_port_that_is_there() -> None:
    ports = set(SERVICES["app"]["expose"])
    assert {"8501", SERVICES["app"]["environment"]["RECOUP_METRICS_PORT"]} == ports
    pool = (DEPLOY / "pgbouncer" / "pgbouncer.ini").read_text()
    assert "listen_port = 6432" in pool
    assert "--port=6432" in SERVICES["pgbouncer"]["healthcheck"]["test"]
    upstream = (DEPLOY / "compose" / "upstream.conf").read_text()
    assert "server app:8501" in upstream


def test_secrets_are_made_at_random_and_those_that_are_there_stay(tmp_path: Path) -> None:
    made = []
    for folder in ("one", "two"):
        run = ["sh", str(DEPLOY / "make_secrets.sh"), str(tmp_path / folder)]
        subprocess.run(run, check=True)
        before = {path.name: path.read_text() for path in (tmp_path / folder).iterdir()}
        subprocess.run(run, check=True)
        assert {path.name: path.read_text() for path in (tmp_path / folder).iterdir()} == before
        made.append(before)
    assert set(made[0]) == set(COMPOSE["secrets"]) - {"sign_in.toml"}
    assert all(made[0][name] != made[1][name] for name in made[0])
    assert made[0]["app_password"].strip() in made[0]["app_url"]
    assert len(made[0]["owner_password"].strip()) == 48
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o700
