"""The memory of a run does not grow with the file."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.database.access import people
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


def returns_of_100_mb(path: Path) -> int:
    """A hundred returns, each with a comment of 1 MiB."""
    header, row = table(RETURN, [{"license-plate-number": "LPN", "customer-comments": "x" * MIB}]).splitlines(True)
    with path.open("w", encoding="utf-8") as file:
        file.write(header)
        file.writelines(row.replace("LPN", f"LPN{number}") for number in range(100))
    return 100


def transactions_of_30_mb(path: Path) -> int:
    """One page of many transactions, in a document of which nothing large is held."""
    transaction = {
        "transactionId": "b1-",
        "transactionStatus": "RELEASED",
        "postedDate": "2026-07-04T05:10:00Z",
        "totalAmount": {"currencyAmount": 15.84, "currencyCode": "USD"},
        "breakdowns": [{"breakdownType": "Sales", "breakdownAmount": {"currencyAmount": 1}}] * 30,
    }
    text = json.dumps(transaction)
    with path.open("w", encoding="utf-8") as file:
        file.write('{"payload": {"transactions": [')
        file.writelines(f"{text.replace('b1-', f'b1-{number}')}, " for number in range(9_999))
        file.write(f'{text}], "nextToken": "x"}}}}')
    return 10_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(("write", "most"), [(returns_of_100_mb, 100), (transactions_of_30_mb, 140)])
def test_the_memory_of_a_run_is_bounded_whatever_the_file(
    database: Database, tmp_path: Path, write: Callable[[Path], int], most: int
) -> None:
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine", ["AMAZON_US"])
    rows = write(tmp_path / "report.txt")
    command = [sys.executable, "-c", SYNC_AND_SAY_PEAK, str(tmp_path / "report.txt")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, f"{rows} new" in done.stderr) == (0, True), done.stderr
    assert int(done.stdout) * 1024 < most * MIB
