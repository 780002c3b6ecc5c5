"""The units of deploy/systemd, as systemd itself judges them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from core.settings import PROJECT

UNITS = PROJECT / "deploy" / "systemd"
MOST_EXPOSED = "35"
"""Of 100, as `systemd-analyze security` counts: below, a service can do little that it need not."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here"),
]


def judged(*arguments: str) -> str:
    """What systemd-analyze says of Recoup's units; it looks at those of the machine as well."""
    done = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False)
    return "\n".join(line for line in (done.stdout + done.stderr).splitlines() if "recoup" in line)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they would be installed: their programs are there."""
    program = tmp_path / "opt" / "recoup"
    for name in (".venv/bin/python", ".venv/bin/streamlit", "deploy/backup/backup.sh"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_text("#!/bin/sh\n")
        (program / name).chmod(0o755)
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("/opt/recoup", str(program))
        (tmp_path / unit.name.replace("@.", "@8501.")).write_text(text)
    return tmp_path


def test_systemd_finds_nothing_wrong_with_any_unit(installed: Path) -> None:
    units = sorted(str(path) for path in installed.glob("recoup-*"))
    assert len(units) == len(list(UNITS.iterdir()))
    assert judged("verify", "--man=no", *units) == ""


def test_every_service_gives_up_what_it_does_not_need(installed: Path) -> None:
    for unit in sorted(installed.glob("recoup-*.service")):
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit)],
            capture_output=True,
            text=True,
            check=False,
        )
        if "unrecognized option" in done.stderr:
            pytest.skip("this systemd can not judge units offline")
        assert done.returncode == 0, f"{unit.name}: {done.stdout.splitlines()[-1:]} {done.stderr}"


def test_every_service_is_a_user_of_its_own() -> None:
    users = [re.findall(r"^User=(.+)$", unit.read_text(), re.MULTILINE) for unit in UNITS.glob("*.service")]
    named = [name for found in users for name in found]
    assert len(named) == len(users) == len(set(named))
    assert "root" not in named


def test_no_service_sees_the_processes_of_others_or_calls_what_it_need_not() -> None:
    for unit in UNITS.glob("*.service"):
        assert {"ProtectProc=invisible", "SystemCallFilter=@system-service"} <= set(unit.read_text().splitlines()), unit
