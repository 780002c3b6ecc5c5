"""The programs that stand around the dashboards of a real deployment: pgbouncer before the database, nginx before the
pages, with the configuration of deploy/.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from sqlalchemy.engine import make_url

from core.database.server import embedded, programs, unprivileged
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
def nginx(
    executable: str,
    folder: Path,
    ports: Sequence[int],
    port: int,
    *,
    tls: bool = False,
    upstream: str = "",
    plain: int = 0,
    is_named: bool = True,
) -> Iterator[str]:
    """A proxy at `port` in front of dashboards at `ports`, as deploy/nginx has it; gives its address.

    With `tls` it is at https with the certificate `recoup.pem` of the folder, as in a deployment; `upstream` stands for
    the file upstream.conf, `plain` for port 80. One that is not `is_named` says nothing of itself to the dashboards,
    for without sign-in they answer no proxy.
    """
    _write_site(folder, ports, (port, plain or free_port()), tls=tls, upstream=upstream)
    if not is_named:
        _say_nothing_of_itself(folder / "pages.conf")
    configuration = folder / "nginx.conf"
    as_root = "user root;" if os.geteuid() == 0 else ""  # else its workers could not write into a test's folder
    configuration.write_text(
        f"""
        {as_root} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
        events {{ worker_connections 1024; }}
        http {{
            include /etc/nginx/mime.types; access_log off;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
            uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            include {folder}/recoup.conf;
        }}
        """
    )
    with _running([executable, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "error.log")]):
        _wait(lambda: _listens(port))
        yield f"http{'s' if tls else ''}://localhost:{port}"


def _write_site(folder: Path, ports: Sequence[int], own: tuple[int, int], *, tls: bool, upstream: str) -> None:
    """Write deploy/nginx into a folder, with the ports and the paths of a test."""
    servers = "".join(f"    server 127.0.0.1:{each} max_fails=2 fail_timeout=5s;\n" for each in ports)
    given = (DEPLOY / "nginx" / "upstream.conf").read_text().splitlines(keepends=True)
    first = next(number for number, line in enumerate(given) if line.strip().startswith("server "))
    rest = [line for line in given[first:] if not line.strip().startswith("server ")]
    site = (DEPLOY / "nginx" / "recoup.conf").read_text()
    replaced = {
        "listen 443 ssl http2": f"listen 127.0.0.1:{own[0]}{' ssl http2' if tls else ''}",
        "listen 80": f"listen 127.0.0.1:{own[1]}",
        "listen 127.0.0.1:8080": f"listen 127.0.0.1:{free_port()}",
        "server_name recoup.example.com;": "server_name localhost;",
        "/etc/nginx/recoup/": f"{folder}/",
        "/etc/ssl/": f"{folder}/",
        "/var/cache/nginx/recoup": f"{folder}/cache",
    }
    for old, new in replaced.items():
        assert old in site, f"recoup.conf has no {old}"
        site = site.replace(old, new)
    if not tls:
        site = "\n".join(line for line in site.splitlines() if not line.strip().startswith("ssl_"))
    (folder / "recoup.conf").write_text(site)
    (folder / "upstream.conf").write_text(upstream or "".join([*given[:first], servers, *rest]))
    for name in ("security.conf", "pages.conf", "recoup-sorry.html"):
        text = (DEPLOY / "nginx" / name).read_text()
        (folder / name).write_text(text.replace("root /etc/nginx/recoup;", f"root {folder};"))


def _say_nothing_of_itself(pages: Path) -> None:
    kept = [line for line in pages.read_text().splitlines() if " X-Forwarded-" not in line]
    pages.write_text("\n".join(kept))


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


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int) -> bool:
    try:
        psycopg2.connect(host="127.0.0.1", port=port, user=ROLES[0], dbname="recoup", connect_timeout=1).close()
    except psycopg2.OperationalError:
        return False
    return True
