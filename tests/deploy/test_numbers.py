"""What a process tells Prometheus and the log: numbers of pages and queries, an id a run, no name and no secret."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from core.database.access import people
from core.database.rollups.report_states import refresh_report_states
from core.settings import PROJECT
from loaders.report_ages import ReportAges
from tests.browser_journeys.dashboards import SECONDS, TODAY, dashboard, environment, free_port
from tests.browser_journeys.screen import follow, opened
from tests.conftest import Database
from tests.loaders.reports import ledger

pytestmark = [pytest.mark.slow]

PEOPLE = re.compile(r"northwind|alder|kestrel|@example", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """A dashboard that was used: the numbers that it served, and its log."""

    numbers: str
    log: list[dict[str, Any]]

    def value(self, series: str) -> float:
        return value(self.numbers, series)


def numbers(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=SECONDS) as answer:
        return str(answer.read().decode())


def value(told: str, series: str) -> float:
    """The number of a series, which is written as it is served."""
    found = [line for line in told.splitlines() if line.startswith(f"{series} ")]
    assert len(found) == 1, (series, told)
    return float(found[0].rpartition(" ")[2])


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def told(home: Path, page: Page, tmp_path: Path) -> Told:
    port, log = free_port(), tmp_path / "log"
    seen = environment(home, RECOUP_TODAY=TODAY, RECOUP_METRICS_PORT=str(port), RECOUP_LOG="json")
    with dashboard(seen, log=log) as address:
        opened(page, f"{address}/?user=staff%40example.com+%28Staff%29")
        follow(page, "Amazon")
        follow(page, "Overview")
        served = numbers(port)
    lines = log.read_text().splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("{"))  # Streamlit starts before that
    return Told(served, [json.loads(line) for line in lines[first:]])


@pytest.mark.browser
def test_pages_queries_and_the_pool_are_told_and_every_line_of_the_log_has_its_run(told: Told) -> None:
    assert told.value('recoup_run_seconds_count{ended="done",page="Overview"}') >= 2
    assert told.value('recoup_run_seconds_count{ended="done",page="Amazon"}') >= 1
    assert told.value('recoup_query_seconds_count{page="Amazon"}') >= 2
    assert 'recoup_pool_connections{login="recoup_app",state="in_use"}' in told.numbers
    assert PEOPLE.findall(told.numbers) == []
    assert PEOPLE.findall(json.dumps(told.log)) == []

    runs = [line for line in told.log if line["logger"] == "recoup.runs"]
    assert {line["page"] for line in runs} >= {"Overview", "Amazon"}
    assert all(line["seconds"] >= 0 and line["ended"] in ("done", "stopped", "again") for line in runs)
    assert len({line["run"] for line in runs}) == len(runs)


def test_two_processes_of_one_port_go_on_and_the_second_says_so(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    seen = environment(tmp_path / "home", RECOUP_METRICS_PORT=str(port))
    program = "from core import logs, metrics; logs.configure(); metrics.serve(); print('on', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=PROJECT, env=seen, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout
        first.stdout.readline()
        assert "process_resident_memory_bytes" in numbers(port)
        with log.open("wb") as errors:
            second = subprocess.run(
                [sys.executable, "-c", program.replace("input()", "")],
                cwd=PROJECT,
                env=seen,
                stderr=errors,
                check=False,
            )
        first.communicate(b"\n")
    assert second.returncode == 0
    assert f"no numbers are served at port {port}" in log.read_text()


@pytest.mark.browser
def test_a_page_that_fails_says_so_with_an_id_and_the_trace_is_in_the_log_under_it(page: Page, tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = tmp_path / "app.py"
    program.write_text(
        "from core.ui.shell import runs\n"
        "with runs.measured('Overview'):\n"
        "    raise ValueError('could not log in: password=hunter2 postgresql://me:hunter2@db/x someone@example.com')\n"
    )
    seen = environment(tmp_path / "home", RECOUP_LOG="json", PYTHONPATH=str(PROJECT))
    with dashboard(seen, script=program, log=log) as address:
        page.goto(address)
        alert = page.get_by_role("alert")
        expect(alert).to_have_count(1)
        told = alert.inner_text()
    (run,) = re.findall(r"[0-9a-f]{8}", told)
    (failure,) = [json.loads(line) for line in log.read_text().splitlines() if '"error"' in line]
    assert (failure["run"], failure["logger"]) == (run, "recoup.pages")
    assert "ValueError" in failure["trace"]
    assert "hunter2" not in told + log.read_text()
    assert "someone@" not in log.read_text()


def test_where_no_port_is_set_the_library_is_not_even_imported() -> None:
    program = "import sys, core.ui.shell.runs, core.database.engine as e; e.engine_for('postgresql+psycopg2://x@/y'); "
    program += "sys.exit('prometheus_client' in sys.modules)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RECOUP")}
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, env=environment, check=False)
    assert done.returncode == 0


def test_the_worker_tells_how_long_a_file_waits_and_how_old_each_report_is(database: Database, tmp_path: Path) -> None:
    with database.owner.begin() as connection:
        people.add_account(connection, "ALPINE", "Alpine Outfitters", ["AMAZON_US"])
    inbox, port = tmp_path / "inbox", free_port()
    (inbox / "ALPINE").mkdir(parents=True)
    waiting = inbox / "NOBODY" / "ledger.tsv"
    waiting.parent.mkdir()
    waiting.write_text("x")
    os.utime(waiting, (time.time() - 1000, time.time() - 1000))
    (inbox / "ALPINE" / "ledger.tsv").write_text(ledger({}))
    command = [sys.executable, "-m", "loaders", "watch", str(inbox), "--every", "0.1"]
    seen = os.environ | {"RECOUP_METRICS_PORT": str(port), "RECOUP_LOG": "json"}
    with subprocess.Popen(command, cwd=PROJECT, env=seen, stderr=subprocess.DEVNULL) as worker:
        try:
            until(lambda: not (inbox / "ALPINE" / "ledger.tsv").exists())
            told = numbers(port)
        finally:
            worker.terminate()
    assert 1000 <= value(told, "recoup_oldest_unread_report_seconds") < 1000 + SECONDS
    assert value(told, 'recoup_dropped_files_total{result="taken"}') == 1
    series = 'recoup_report_age_seconds{account="oldest",report="amazon_ledger_detail"}'
    assert 0 <= value(told, series) < SECONDS
    assert "ALPINE" not in told


def test_the_account_furthest_behind_is_told(database: Database) -> None:
    ages = ReportAges(database.owner)
    assert ages.seconds() == {}
    with database.owner.begin() as connection:
        for account, days in ((1, 1), (2, 3), (3, 9)):
            connection.execute(
                text(
                    "insert into sync_run (account_id, format, file, started_at, finished_at, status, message, rows,"
                    " new, changed, unchanged, refused) select :account, 'cases', 'f', now(), now() - make_interval("
                    "days => :days), status, '', 0, 0, 0, 0, 0 from unnest(array['taken', 'refused']) as status"
                ),
                {"account": account, "days": days},
            )
        refresh_report_states(connection, [1, 2, 3])
    fresh = ReportAges(database.owner).seconds()
    day = 24 * 60 * 60
    assert [round(fresh["cases", which] / day) for which in ("newest", "median", "oldest")] == [1, 3, 9]
