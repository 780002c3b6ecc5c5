"""nginx with the configuration of deploy/: who goes where, and what goes over the wire."""

import gzip
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.browser_journeys.dashboards import dashboard, environment, free_port
from tests.browser_journeys.proxies import DEPLOY, nginx, program
from tests.deploy import certificates

pytestmark = pytest.mark.slow

SECONDS = 30
TRUSTING = ssl._create_unverified_context()  # noqa: S323 (the certificate is the test's own)


@pytest.fixture(scope="module")
def executable() -> str:
    found = program("nginx", "nginx-light")
    if found is None:
        pytest.skip("nginx is not here, and not to be installed")
    return found


class Process:
    """Stands for an app process: says its name and counts what it was asked."""

    def __init__(self, name: str, host: str = "127.0.0.1", port: int = 0) -> None:
        self.asked: Counter[str] = Counter()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked[self.path] += 1
                body = name.encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "public, immutable, max-age=31536000")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        class Server(ThreadingHTTPServer):
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        self.server = Server((host, port), Handler)
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def processes(*names: str) -> Iterator[list[Process]]:
    with ExitStack() as stack:
        started = [Process(name) for name in names]
        for each in started:
            stack.callback(each.stop)
        yield started


def ask(url: str, **headers: str) -> tuple[bytes, HTTPMessage]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(url, headers=sent)  # noqa: S310 (of this machine alone)
    with urlopen(request, timeout=SECONDS, context=TRUSTING) as answer:  # noqa: S310
        return answer.read(), answer.headers


def place(headers: HTTPMessage) -> str:
    """The cookie that a first answer brings."""
    return str(headers["Set-Cookie"]).partition(";")[0]


def test_visitors_of_one_address_are_spread_and_each_stays_where_it_is(executable: str, tmp_path: Path) -> None:
    with processes("one", "two") as behind, nginx(executable, tmp_path, [p.port for p in behind], free_port()) as url:
        cookies = [place(ask(url)[1]) for _ in range(40)]
        assert len(set(cookies)) == 40
        first = {cookie: ask(url, Cookie=cookie)[0] for cookie in cookies}
        assert set(first.values()) == {b"one", b"two"}
        for cookie in cookies * 3:
            body, headers = ask(url, Cookie=cookie)
            assert body == first[cookie]
            assert headers["Set-Cookie"] is None


def test_addresses_of_one_name_are_told_apart_as_containers_need_it(executable: str, tmp_path: Path) -> None:
    """compose.yaml's replicas share a name; here that is localhost, where it has an address of each kind."""
    if _addresses("localhost") != {"127.0.0.1", "::1"}:
        pytest.skip("no name has two addresses here")
    upstream = (DEPLOY / "compose" / "upstream.conf").read_text()
    with ExitStack() as stack:
        four = Process("one")
        stack.callback(four.stop)
        stack.callback(Process("two", "::1", four.port).stop)
        replaced = upstream.replace("server app:8501", f"server localhost:{four.port}")
        url = stack.enter_context(nginx(executable, tmp_path, [], free_port(), upstream=replaced))
        cookies = [place(ask(url)[1]) for _ in range(31)]  # odd: what takes turns is seen
        first = {cookie: ask(url, Cookie=cookie)[0] for cookie in cookies}
        assert set(first.values()) == {b"one", b"two"}
        assert all(ask(url, Cookie=cookie)[0] == first[cookie] for cookie in cookies * 3)


def _addresses(name: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(name, 80, type=socket.SOCK_STREAM)}
    except socket.gaierror:
        return set()


def test_a_process_that_is_down_is_passed_by(executable: str, tmp_path: Path) -> None:
    with processes("one", "two") as behind, nginx(executable, tmp_path, [p.port for p in behind], free_port()) as url:
        cookies = [place(ask(url)[1]) for _ in range(20)]
        behind[0].stop()
        assert {ask(url, Cookie=cookie)[0] for cookie in cookies} == {b"two"}
        behind[0].stop = lambda: None  # type: ignore[method-assign]


def test_scripts_are_asked_of_a_process_once_for_all_browsers(executable: str, tmp_path: Path) -> None:
    with processes("one") as (behind,), nginx(executable, tmp_path, [behind.port], free_port()) as url:
        for _ in range(5):
            body, headers = ask(f"{url}/static/js/index.123.js")
            assert body == b"one"
            assert headers.get_all("Cache-Control") == ["public, immutable, max-age=31536000"]
            ask(f"{url}/_stcore/health")
        assert behind.asked == {"/static/js/index.123.js": 1, "/_stcore/health": 5}


def test_tls_comes_with_every_guard_and_streamlits_own_numbers_stay_inside(executable: str, tmp_path: Path) -> None:
    certificates.make(tmp_path)
    port = free_port()
    with processes("one") as (behind,), nginx(executable, tmp_path, [behind.port], port, tls=True) as url:
        for path in ("/", "/static/a.js"):
            _, headers = ask(f"{url}{path}")
            assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
            assert "frame-ancestors 'none'" in str(headers["Content-Security-Policy"])
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Server"] == "nginx"
        cookie = str(ask(url)[1]["Set-Cookie"])
        assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=Lax"))
        with pytest.raises(OSError, match="404"):
            ask(f"{url}/_stcore/metrics")


def test_a_page_with_charts_is_less_than_half_over_the_wire(executable: str, tmp_path: Path) -> None:
    from streamlit import file_util

    scripts = Path(file_util.get_static_dir()) / "static" / "js"
    largest = sorted(scripts.glob("*.js"), key=lambda path: path.stat().st_size)[-3:]
    with (
        dashboard(environment(tmp_path / "home"), port=(port := free_port())),
        nginx(executable, tmp_path, [port], free_port()) as url,
    ):
        sent = stored = 0
        for path in largest:
            body, headers = ask(f"{url}/static/js/{path.name}", Accept_Encoding="gzip")
            assert headers["Content-Encoding"] == "gzip"
            assert "immutable" in str(headers["Cache-Control"])
            assert gzip.decompress(body) == path.read_bytes()
            sent, stored = sent + len(body), stored + path.stat().st_size
        assert sent < stored / 2, f"{sent:,} of {stored:,} bytes"
        print(f"{sent:,} of {stored:,} bytes over the wire")
        _, headers = ask(url, Accept_Encoding="gzip")
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Cache-Control"] == "no-cache"
        assert ask(f"{url}/_stcore/health")[0] == b"ok"
