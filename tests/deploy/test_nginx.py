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
from urllib.error import HTTPError
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


def answered(port: int, host: str, tls: bool = False, path: str = "/", **headers: str) -> bytes:
    """The first bytes that a request is answered over a raw socket; none where it is hung up."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    named = f"Host: {host}\r\n" if host else ""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as raw:
        try:
            over = TRUSTING.wrap_socket(raw, server_hostname=host.partition(":")[0]) if tls else raw
            over.sendall(f"GET {path} HTTP/1.{1 if host else 0}\r\n{named}{lines}Connection: close\r\n\r\n".encode())
            return over.recv(300)
        except (ssl.SSLError, ConnectionError):
            return b""


def test_who_asks_for_another_name_or_for_none_gets_no_answer(executable: str, tmp_path: Path) -> None:
    certificates.make(tmp_path)
    port, plain = free_port(), free_port()
    with processes("one") as (behind,), nginx(executable, tmp_path, [behind.port], port, tls=True, plain=plain):
        assert answered(port, "localhost", tls=True).startswith(b"HTTP/1.1 200")
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1"):
            assert answered(port, host, tls=True) == b"", host
            assert answered(plain, host) == b"", host
        assert answered(plain, "") == b""
        assert behind.asked == {"/": 1}


def test_who_came_without_tls_is_sent_to_the_name_that_was_written(executable: str, tmp_path: Path) -> None:
    certificates.make(tmp_path)
    plain = free_port()
    with nginx(executable, tmp_path, [1], free_port(), tls=True, plain=plain):
        sent = answered(plain, f"localhost:{plain}", path="/items?view=open")
        assert sent.startswith(b"HTTP/1.1 301")
        assert b"Location: https://localhost/items?view=open\r\n" in sent


def test_a_page_of_another_site_may_ask_for_nothing(executable: str, tmp_path: Path) -> None:
    port = free_port()
    with processes("one") as (behind,), nginx(executable, tmp_path, [behind.port], port):
        host = f"localhost:{port}"
        assert answered(port, host, Origin=f"http://{host}").startswith(b"HTTP/1.1 200")
        foreign = ("http://evil.example", f"http://{host}.evil.example", f"https://{host}", "null", "http://localhost")
        for origin in foreign:
            for path in ("/", "/_stcore/stream", "/_stcore/upload_file/a/b", "/static/a.js"):
                assert answered(port, host, path=path, Origin=origin).startswith(b"HTTP/1.1 403"), (origin, path)
        assert behind.asked == {"/": 1}


def test_one_address_can_not_ask_without_end(executable: str, tmp_path: Path) -> None:
    port = free_port()
    with processes("one") as (behind,), nginx(executable, tmp_path, [behind.port], port):
        host = f"localhost:{port}"
        statuses = Counter(answered(port, host).split(b" ")[1] for _ in range(600))
        assert set(statuses) == {b"200", b"429"}
        assert behind.asked["/"] == statuses[b"200"] < 600
        assert all(answered(port, host, path="/static/a.js").startswith(b"HTTP/1.1 200") for _ in range(50))


def test_one_address_can_not_hold_all_connections(executable: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as silent, ExitStack() as held:
        port = free_port()
        held.enter_context(nginx(executable, tmp_path, [silent.getsockname()[1]], port))
        for _ in range(300):
            waiting = held.enter_context(socket.create_connection(("127.0.0.1", port), SECONDS))
            waiting.sendall(f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
        assert answered(port, f"localhost:{port}").startswith(b"HTTP/1.1 429")


def test_only_what_brings_files_in_takes_a_large_body(executable: str, tmp_path: Path) -> None:
    port = free_port()
    with processes("one") as (behind,), nginx(executable, tmp_path, [behind.port], port):
        host = f"localhost:{port}"
        assert answered(port, host, path="/", Content_Length="1000000").startswith(b"HTTP/1.1 413")
        given = answered(port, host, path="/_stcore/upload_file/a/b", Content_Length="1000000")
        assert given.startswith(b"HTTP/1.1 200")


def test_while_no_process_answers_a_sentence_stands_there_that_tries_again(executable: str, tmp_path: Path) -> None:
    with nginx(executable, tmp_path, [free_port()], free_port()) as url:
        with pytest.raises(HTTPError) as refused:
            ask(url)
        said = refused.value.read().decode()
        assert refused.value.code == 502
        assert "<title>Recoup is not there for a moment</title>" in said
        assert 'http-equiv="refresh"' in said
        assert "nginx" not in said


def test_a_pages_websocket_goes_to_its_own_host_alone(executable: str, tmp_path: Path) -> None:
    with processes("one") as (behind,), nginx(executable, tmp_path, [behind.port], free_port()) as url:
        policy = str(ask(url)[1]["Content-Security-Policy"])
        (allowed,) = [rule for rule in policy.split("; ") if rule.startswith("connect-src")]
        assert allowed == f"connect-src 'self' wss://{url.removeprefix('http://')} data: blob:"


def test_a_page_with_charts_is_less_than_half_over_the_wire(executable: str, tmp_path: Path) -> None:
    from streamlit import file_util

    scripts = Path(file_util.get_static_dir()) / "static" / "js"
    largest = sorted(scripts.glob("*.js"), key=lambda path: path.stat().st_size)[-3:]
    with (
        dashboard(environment(tmp_path / "home"), port=(port := free_port())),
        nginx(executable, tmp_path, [port], free_port(), is_named=False) as url,
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
        assert max(Counter(map(str.lower, headers.keys())).values()) == 1
        assert ask(f"{url}/_stcore/health")[0] == b"ok"
