"""The programs that stand around the dashboards of a real deployment: pgbouncer before the database, nginx before the
pages, with the configuration of deploy/.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from sqlalchemy.engine import make_url

from core.database import embedded, programs, unprivileged
from core.settings import PROJECT
from tests import machine
from tests.browser_journeys.dashboards import SECONDS, free_port

DEPLOY = PROJECT / "deploy"
ROLES = ("recoup_app", "recoup_staff")


def program(name: str, package: str) -> str | None:
    """Where a program is; it is installed where it is missing and that can be done."""
    path = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
    return shutil.which(name, path=path) or (
        shutil.which(name, path=path) if machine.install({"apt-get": package}) else None
    )


@contextmanager
def pgbouncer(executable: str, home: Path, folder: Path) -> Iterator[dict[str, str]]:
    """A pool in transaction mode in front of the embedded server of a home; the pages' logins through it, by their
    variables.

    One connection a role serves everybody, so that a setting which outlived its transaction would be seen.
    """
    own = free_port()
    (folder / "users.txt").write_text("".join(f'"{role}" ""\n' for role in ROLES))
    with embedded.running(home) as server:
        place = make_url(server.url()).query
        replaced = {
            "recoup = ": f"recoup = host={place['host']} port={place['port']} dbname=recoup",
            "listen_port": f"listen_port = {own}",
            "auth_type": "auth_type = trust",
            "auth_file": f"auth_file = {folder}/users.txt",
            "default_pool_size": "default_pool_size = 1",
        }
        lines = (DEPLOY / "pgbouncer" / "pgbouncer.ini").read_text().splitlines()
        lines = [next((new for start, new in replaced.items() if line.startswith(start)), line) for line in lines]
        configuration = folder / "pgbouncer.ini"
        configuration.write_text("\n".join([*lines, "unix_socket_dir =", ""]))
        with _running([*unprivileged.prefix(home, programs.binaries()), executable, str(configuration)]):
            _wait(lambda: _answers(own))
            yield {
                f"RECOUP_{name}_DATABASE_URL": f"postgresql://{role}@127.0.0.1:{own}/recoup"
                for name, role in zip(("APP", "STAFF"), ROLES, strict=True)
            }


@contextmanager
def nginx(executable: str, folder: Path, ports: Sequence[int], port: int) -> Iterator[str]:
    """A proxy at `port` in front of dashboards at `ports`, with the deployment's rules; gives its address."""
    configuration = folder / "nginx.conf"
    servers = " ".join(f"server 127.0.0.1:{each};" for each in ports)
    configuration.write_text(
        f"""
        daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
        events {{ worker_connections 512; }}
        http {{
            include /etc/nginx/mime.types; access_log off;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
            uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            upstream recoup {{ {servers} }}
            server {{
                listen 127.0.0.1:{port};
                include {DEPLOY}/nginx/security.conf;
                include {DEPLOY}/nginx/pages.conf;
            }}
        }}
        """
    )
    with _running([executable, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")]):
        yield f"http://localhost:{port}"


@contextmanager
def _running(command: Sequence[str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        psycopg2.connect(host="127.0.0.1", port=port, user=ROLES[0], dbname="recoup", connect_timeout=1).close()
    except psycopg2.OperationalError:
        return False
    return True
