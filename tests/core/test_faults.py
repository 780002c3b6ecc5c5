"""Faults of the machine around Recoup: a full disk, two backups at once, and psql when nothing else runs."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from core.command_line import Group
from core.database.access import people
from core.database.engine import owner_engine
from core.database.server import programs
from core.settings import PROJECT
from loaders.__main__ import main
from tests.conftest import Database
from tests.deploy.test_backup import BACKUP, libpq
from tests.loaders.reports import ledger
from tests.processes import servers
from tests.test_run import SMALL

pytestmark = pytest.mark.slow

SECONDS = 60
FULL_ON_WRITING = """
    create function full_disk() returns trigger language plpgsql as $$ begin
        raise exception using errcode = '53100', message = 'could not extend file "base/1": No space left on device';
    end $$;
    create trigger full_disk before insert on inventory_event execute function full_disk()
"""


class TestFullDisk:
    """What has no room is told as that."""

    def test_a_sync_says_so_and_leaves_nothing_half_written(self, database: Database, tmp_path: Path) -> None:
        with database.owner.begin() as connection:
            people.add_account(connection, "ALPINE", "Alpine", ["AMAZON_US"])
            connection.execute(text(FULL_ON_WRITING))
        (tmp_path / "ledger.tsv").write_text(ledger({}))
        ran = CliRunner().invoke(main, ["sync", str(tmp_path / "ledger.tsv"), "--account", "ALPINE"])
        assert ran.exit_code == 1
        assert "The disk is full on the database's machine" in ran.output
        assert "does not answer" not in ran.output
        with database.owner.connect() as connection:
            assert connection.execute(text("select count(*) from source_file")).scalar_one() == 0

    @pytest.mark.usefixtures("database")
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
    @pytest.mark.parametrize("where", ["here", "database"])
    def test_a_real_lack_of_room_is_told(self, where: str) -> None:
        group = Group("program")

        @group.command()
        def fill() -> None:
            if where == "here":
                with Path("/dev/full").open("w") as file:
                    file.write("x" * 100_000)
            else:
                with owner_engine().begin() as connection:
                    connection.execute(
                        text("copy (select repeat('x', 1000) from generate_series(1, 1000)) to '/dev/full'")
                    )

        ran = CliRunner().invoke(group, ["fill"])
        assert ran.exit_code == 1
        assert "The disk is full" in ran.output
        assert "Traceback" not in ran.output


def test_two_backups_at_once_do_not_meet(database: Database, tmp_path: Path) -> None:
    owner = database.url.render_as_string(hide_password=False)
    folder = tmp_path / "backups"
    (folder / ".unfinished-20200101T000000Z").mkdir(parents=True)
    os.utime(folder / ".unfinished-20200101T000000Z", (0, 0))
    running = [
        subprocess.Popen(
            ["sh", str(BACKUP / "backup.sh"), str(folder)], env=libpq(owner), stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    made = [process.communicate(timeout=SECONDS)[0].strip() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(set(made)) == 3
    assert sorted(path.name for path in folder.iterdir()) == sorted(Path(each).name for each in made)
    for each in made:
        assert sorted(path.name for path in Path(each).iterdir()) == ["recoup.dump", "roles.sql"]
        subprocess.run(
            [str(programs.binaries() / "pg_restore"), "--list", f"{each}/recoup.dump"], check=True, capture_output=True
        )


def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(database: Database, tmp_path: Path) -> None:
    owner = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(["sh", str(BACKUP / "backup.sh"), str(tmp_path)], env=libpq(owner))
    deadline = time.monotonic() + SECONDS
    while not list(tmp_path.glob(".unfinished-*")):
        assert time.monotonic() < deadline
    process.kill()
    process.wait(SECONDS)
    assert list(tmp_path.glob("recoup-*")) == []


@contextmanager
def alone(home: Path) -> Iterator[dict[str, str]]:
    """The environment of a terminal in which nothing else of Recoup runs."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL" and "RECOUP" not in name}
    yield environment | SMALL | {"RECOUP_HOME": str(home)}
    deadline = time.monotonic() + SECONDS
    while servers(home):
        assert time.monotonic() < deadline, "a server was left behind"
        time.sleep(0.1)


def psql(url: str, environment: dict[str, str]) -> str:
    command = [str(programs.binaries() / "psql"), "--no-psqlrc", "--tuples-only", url, "--command", "select 40 + 2"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_psql_opens_what_url_prints_though_nothing_else_runs(tmp_path: Path) -> None:
    program = "from core.commands import serve; serve.IDLE_SECONDS = 3; from core.__main__ import main; main(['url'])"
    command = [sys.executable, "-c", program]
    with alone(tmp_path / "home") as environment:
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
        assert psql(done.stdout.strip(), environment) == "42"


def test_serve_keeps_the_server_up_until_it_is_ended(tmp_path: Path) -> None:
    with alone(tmp_path / "home") as environment:
        serving = subprocess.Popen(
            [sys.executable, "-m", "core", "serve"], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert serving.stdout
        url = serving.stdout.readline().strip()
        assert psql(url, environment) == "42"
        again = subprocess.run([sys.executable, "-m", "core", "url"], cwd=PROJECT, env=environment, capture_output=True)
        assert again.stdout.decode().strip() == url
        serving.send_signal(signal.SIGINT)
        assert serving.wait(SECONDS) == 0
        assert servers(tmp_path / "home") == [], "nothing keeps it up beside `serve`"
    told = subprocess.run(
        [sys.executable, "-m", "core", "serve"],
        cwd=PROJECT,
        env=environment | {"DATABASE_URL": "postgresql://x@/y"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "DATABASE_URL is set" in told.stderr
