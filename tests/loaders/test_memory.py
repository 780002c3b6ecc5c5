"""The memory of a run does not grow with the file."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.database import people
from core.settings import PROJECT
from tests.conftest import Database
from tests.loaders.reports import RETURN, table

MIB = 1 << 20
SYNC_AND_SAY_PEAK = """
import sys
from pathlib import Path
from loaders.__main__ import main
try:
    main(["sync", sys.argv[1], "--account", "ALPINE"])
finally:
    print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_file_of_100_mb_is_taken_in_less_memory_than_it_has(database: Database, tmp_path: Path) -> None:
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine", ["AMAZON_US"])
    header, row = table(RETURN, [{"license-plate-number": "LPN", "customer-comments": "x" * MIB}]).splitlines(True)
    with (tmp_path / "returns.tsv").open("w", encoding="utf-8") as file:
        file.write(header)
        file.writelines(row.replace("LPN", f"LPN{number}") for number in range(100))
    command = [sys.executable, "-c", SYNC_AND_SAY_PEAK, str(tmp_path / "returns.tsv")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, "100 new" in done.stderr) == (0, True), done.stderr
    assert int(done.stdout) * 1024 < 100 * MIB
