"""How soon an open page shows what was synced, beyond the time that the sync takes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import expect, sync_playwright

from core.settings import PROJECT
from tests.bench.lines import Line
from tests.browser import ARGUMENTS, executable

MOST_SECONDS = 5.0
ROUNDS = 3
USER = "fresh@example.com"
LEDGER = (
    "Date,FNSKU,ASIN,MSKU,Title,Event Type,Reference ID,Quantity,Fulfillment Center,Disposition,Reason,Country\n"
    "{day},X00MUG0001,B0MUG00001,MUG-1,Mug,Adjustments,{number},-1,PHX7,SELLABLE,M,US\n"
)
COSTS = "sku,unit_cost,currency,valid_from\nMUG-1,7.20,USD,2025-01-01\n"


def fresh_lines(address: str, seen: Mapping[str, str]) -> Iterator[Line]:
    """The line for files of a small account, synced by a process of its own while an Overview of it is open."""
    found = executable()
    if found is None:
        print("– an open page: needs Chromium (python -m tests.browser)")
        return
    code = f"FRESH{os.getpid()}"
    with tempfile.TemporaryDirectory() as named, sync_playwright() as playwright:
        folder = Path(named)
        _run(seen, "core", "account", "add", code, "--name", code, "--marketplace", "AMAZON_US")
        _run(seen, "core", "user", "add", f"{code}-{USER}", "--role", "seller", "--account", code)
        _sync(seen, code, folder / "costs.csv", COSTS)
        _sync(seen, code, folder / "ledger.csv", LEDGER.format(day="11/01/2026", number=1))
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        page = browser.new_page()
        page.goto(f"{address}/?{urlencode({'user': f'{code.lower()}-{USER} (Seller)'})}")
        tile = page.locator('[data-testid="stMetricValue"]').first
        waits = []
        for number in range(2, 2 + ROUNDS):
            expect(tile).to_contain_text(f"{7.20 * (number - 1):.2f}", timeout=60_000)
            began = time.perf_counter()
            load = _sync(seen, code, folder / f"ledger{number}.csv", LEDGER.format(day="11/02/2026", number=number))
            expect(tile).to_contain_text(f"{7.20 * number:.2f}", timeout=60_000)
            waits.append(time.perf_counter() - began - load)
        browser.close()
    yield Line(
        "from file dropped to figure changed",
        f"the load + {max(waits):.1f} s",
        f"≤ {MOST_SECONDS:g} s",
        max(waits) <= MOST_SECONDS,
    )


def _sync(seen: Mapping[str, str], code: str, path: Path, contents: str) -> float:
    path.write_text(contents)
    began = time.perf_counter()
    _run(seen, "loaders", "sync", str(path), "--account", code)
    return time.perf_counter() - began


def _run(seen: Mapping[str, str], module: str, *arguments: str) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=PROJECT, env=dict(seen), check=True, capture_output=True)
