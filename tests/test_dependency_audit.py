"""What is said of known weaknesses is never a guess."""

import os
import subprocess
import sys

import pytest

from core.settings import PROJECT
from tests.dependency_audit import NOT_KNOWN

pytestmark = pytest.mark.slow


def test_where_the_list_of_weaknesses_can_not_be_reached_the_check_says_so_and_does_not_pass() -> None:
    nowhere = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), "http://127.0.0.1:1")
    done = subprocess.run(
        [sys.executable, "-m", "tests.dependency_audit"],
        cwd=PROJECT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == NOT_KNOWN
    assert "can not be reached" in done.stderr
