"""The image's command, run as the image would run it: never the demo, and the way in where the secrets are there."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from core.settings import PROJECT
from tests.browser_journeys.dashboards import SECONDS, free_port
from tests.browser_journeys.screen import MAIN
from tests.conftest import Database

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DOCKERFILE = (PROJECT / "deploy" / "Dockerfile").read_text().replace("\\\n", " ")
AUTH = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "only for this test, and long enough for it"
client_id = "recoup"
client_secret = "only for this test"
server_metadata_url = "http://localhost:1/.well-known/openid-configuration"
"""


@contextmanager
def container(secrets: Path, home: Path) -> Iterator[str]:
    """The image's command with its environment; `secrets` stands for /run/secrets. Gives the address."""
    port = free_port()
    command = re.findall(r'"([^"]*)"', DOCKERFILE.rpartition("\nCMD ")[2])
    replaced = {"--server.port=8501": f"--server.port={port}", "--server.address=0.0.0.0": "--server.address=127.0.0.1"}
    command = [replaced.get(word, word).replace("/run/secrets", str(secrets)) for word in command]
    (declared,) = re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)
    variables = dict(word.replace("/run/secrets", str(secrets)).split("=", 1) for word in shlex.split(declared))
    kept = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "RECOUP_HOME": str(home)}
    with subprocess.Popen(command, cwd=PROJECT, env=kept | variables, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://localhost:{port}"
            _wait(process, f"{address}/_stcore/health")
            yield address
        finally:
            process.terminate()


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with urlopen(address, timeout=1):  # noqa: S310 (of this machine alone)
                return
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_without_secrets_it_says_what_is_missing_and_serves_no_demo(page: Page, tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    with container(tmp_path / "secrets", tmp_path / "home") as address:
        page.goto(address)
        expect(page.locator(MAIN)).to_contain_text("can not be read")
    assert not (tmp_path / "home").exists()


def test_with_secrets_it_asks_to_sign_in(database: Database, page: Page, tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "sign_in.toml").write_text(AUTH)
    for name in ("app", "staff"):
        (secrets / f"{name}_url").write_text(database.url_of(f"recoup_{name}"))
    with container(secrets, tmp_path / "home") as address:
        page.goto(f"{address}/amazon")
        expect(page.locator(MAIN)).to_contain_text("Sign in to Recoup")
    assert not (tmp_path / "home").exists()
