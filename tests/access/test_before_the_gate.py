"""What somebody who never signed in can do to a process of the pages: see the gate, and nothing else."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from core.ui.shell.navigation import PAGES
from tests.access.visitor import Tab, ask, process_at, signed_in, tab, upgrade
from tests.browser_journeys.dashboards import dashboard, environment, free_port
from tests.conftest import Database, Server, filled
from tests.pages import world

pytestmark = pytest.mark.slow

SECRET = "a secret of these tests alone, and no other 123"
SELLER: dict[str, object] = {"email": "alpine@example.com", "email_verified": True, "sub": "1"}
STRANGERS, EACH = 50, 4_000_000
FLOODING = 20
HOSTS = {
    "localhost:{port}": True,
    "127.0.0.1:{port}": True,
    "[::1]:{port}": True,
    "LOCALHOST": True,
    "evil.example": False,
    "evil.example:{port}": False,
    "localhost.evil.example": False,
    "localhost@evil.example": False,
    "localhost:{port}@evil.example": False,
    "127.0.0.1.evil.example": False,
    "2130706433": False,
    "0.0.0.0:{port}": False,
    "localhost:x": False,
    "": False,
}
ORIGINS = {
    "http://localhost:{port}": True,
    "http://evil.example": False,
    "http://localhost": False,
    "http://127.0.0.1:{port}": False,
    "http://localhost:{port}.evil.example": False,
    "http://localhost:{port}/path": False,
    "https://localhost:{other}": False,
    "null": False,
    "file://": False,
}


class Outside:
    """What would be asked on the way to any service on the internet."""

    def __init__(self) -> None:
        outer = self
        self.asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                time.sleep(5)
                self.send_response(502)
                self.end_headers()

            do_CONNECT = do_POST = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def proxy(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self.server.server_port}"
        names = ("http_proxy", "https_proxy", "all_proxy")
        return {name: address for each in names for name in (each, each.upper())} | {"NO_PROXY": "", "no_proxy": ""}


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    made = Outside()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory, outside: Outside) -> Iterator[str]:
    """A dashboard without sign-in."""
    with dashboard(environment(tmp_path_factory.mktemp("home"), **outside.proxy)) as started:
        yield started


@pytest.fixture(scope="module")
def guarded(server: Server, migrated: str, outside: Outside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard with sign-in, over a database in which a seller and the team are known."""
    folder, port = tmp_path_factory.mktemp("guarded"), free_port()
    address = f"http://localhost:{port}"
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{address}/oauth2callback"\ncookie_secret = "{SECRET}"\nclient_id = "x"\n'
        'client_secret = "x"\nserver_metadata_url = "http://127.0.0.1:1/none"\n'
    )

    with filled(server, migrated, world.build) as made:
        database = Database(server.url.set(database=made.name))
        urls = {
            f"RECOUP_{name}_DATABASE_URL": database.url_of(f"recoup_{name.lower()}")
            for name in ("APP", "STAFF", "LOADER")
        }
        seen = environment(folder / "home", **urls, **outside.proxy, RECOUP_UPLOAD_MEGABYTES="10")
        with dashboard(seen, "--secrets.files", str(folder / "secrets.toml"), port=port) as started:
            yield started


def port_of(address: str) -> str:
    return address.rpartition(":")[2]


def named(template: str, address: str) -> str:
    return template.format(port=port_of(address), other=int(port_of(address)) + 1)


def test_without_sign_in_only_names_of_this_machine_are_answered(open_house: str, outside: Outside) -> None:
    for host, is_ours in HOSTS.items():
        given = named(host, open_house)
        began = time.monotonic()
        answered = [ask(open_house, path, Host=given).status for path in ("/", "/_stcore/health", "/amazon", "/ready")]
        asked = upgrade(open_house, Host=given)
        assert ({*answered[:3]}, asked) == (({200}, 101) if is_ours else ({403}, 403)), given
        assert time.monotonic() - began < 10
    assert outside.asked == []


def test_no_other_origin_reads_anything_or_makes_the_process_ask_outside(open_house: str, outside: Outside) -> None:
    for origin, is_ours in ORIGINS.items():
        given = named(origin, open_house)
        answered = [ask(open_house, path, Origin=given).status for path in ("/", "/_stcore/host-config")]
        answered.append(ask(open_house, "/_stcore/upload_file/a/b", "PUT", b"x", Origin=given).status)
        asked = upgrade(open_house, Origin=given)
        if is_ours:
            assert asked == 101
            assert answered[:2] == [200, 200]
        else:
            assert (set(answered), asked) == ({403}, 403), given
    assert outside.asked == []


@pytest.mark.parametrize(
    "given",
    [
        {"X_Forwarded_For": "203.0.113.9"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X_Forwarded_Host": "localhost"},
        {"Via": "1.1 tunnel"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    ],
    ids=str,
)
def test_without_sign_in_nobody_is_answered_through_a_proxy_or_as_part_of_another_site(
    open_house: str, given: dict[str, Any]
) -> None:
    assert ask(open_house, **given).status == 403
    if "Sec_Fetch_Mode" not in given:
        assert upgrade(open_house, **given) == 403


def test_a_link_from_another_site_leads_here(open_house: str) -> None:
    given: dict[str, Any] = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    answer = ask(open_house, "/amazon", **given)
    assert answer.status == 200
    assert answer.headers["x-frame-options"] == "DENY"
    assert ask(open_house, "/auth/logout", **given).status == 403, "but it signs nobody out"


def test_the_front_page_has_a_name_too_and_keeps_the_choices(open_house: str) -> None:
    answer = ask(open_house, "/overview?account=ALPINE&x=//evil.example")
    assert (answer.status, answer.headers["location"]) == (307, "./?account=ALPINE&x=//evil.example")
    assert ask(open_house, "//evil.example/overview").headers.get("location") is None


def test_streamlits_own_numbers_and_tools_are_nobodys(open_house: str) -> None:
    for path in ("/_stcore/metrics", "/_stcore/metrics?families=x", "/_stcore/script-health-check", "/_stcore/agent/x"):
        assert ask(open_house, path).status == 404, path
    assert b'"allowedOrigins":[]' in ask(open_house, "/_stcore/host-config").body


def test_a_process_that_listens_to_others_without_sign_in_lets_nobody_in(tmp_path: Path) -> None:
    with dashboard(environment(tmp_path), "--server.address", "0.0.0.0") as address, tab(address) as opened:  # noqa: S104
        opened.run("amazon")
        assert b"these pages listen at 0" in opened.said
        assert b"Who is looking" not in opened.said
        # a page that comes back to a new process is the first to ask for anything, and has its own navigation at once
        listed = [each.navigation for each in opened.messages if each.WhichOneof("type") == "navigation"]
        assert listed
        for navigation in listed:
            assert {page.page_name for page in navigation.app_pages} == {entry.title for entry in PAGES.values()}


def test_with_sign_in_the_pages_answer_by_their_own_name(guarded: str) -> None:
    assert ask(guarded).status == 200
    for host in ("evil.example", f"evil.example:{port_of(guarded)}"):
        assert ask(guarded, Host=host).status == 403
        assert upgrade(guarded, Host=host) == 403
        assert ask(guarded, "/_stcore/health", Host=host).status == 200, "whoever watches may ask by any name"
    assert upgrade(guarded, Origin="http://evil.example") == 403
    assert ask(guarded, X_Forwarded_For="203.0.113.9").status == 200


def test_fifty_strangers_who_upload_take_no_memory_and_stop_nobody(guarded: str, outside: Outside) -> None:
    process = process_at(guarded)
    content, answers, slowest = b"x" * EACH, [], [0.0]
    with tab(guarded) as known:
        known.run()
        assert b"Sign in to Recoup" in known.said
        before = process.memory_info().rss

        def upload(number: int) -> None:
            try:
                answers.append(known.upload(guarded, content, name=f"f-{number}").status)
            except OSError:
                answers.append(403)  # refused before all of it was sent

        threads = [threading.Thread(target=upload, args=(number,)) for number in range(STRANGERS)]
        for thread in threads:
            thread.start()
        most = before
        while any(thread.is_alive() for thread in threads):
            began = time.monotonic()
            assert ask(guarded, "/_stcore/health").status == 200
            slowest[0] = max(slowest[0], time.monotonic() - began)
            most = max(most, process.memory_info().rss)
        assert set(answers) == {403}
        assert len(answers) == STRANGERS
    grown = (most - before) / 1e6
    print(
        f"{STRANGERS} uploads of {EACH / 1e6:.0f} MB: memory grew by {grown:.0f} MB, health within {slowest[0]:.2f} s"
    )
    assert grown < 60
    assert slowest[0] < 5
    assert outside.asked == []


def test_whoever_has_signed_in_uploads_up_to_a_total_and_no_more_once_signed_out(guarded: str, server: Server) -> None:
    with tab(guarded, signed_in(SECRET, guarded, **SELLER)) as opened:
        opened.run()
        assert b"Signed in as" in opened.said
        assert opened.upload(guarded, b"x" * 4_000_000, name="a").status == 204
        assert opened.upload(guarded, b"x" * 4_000_000, name="b").status == 204
        assert opened.upload(guarded, b"x" * 4_000_000, name="c").status == 413
        opened.click("sign_out")
        until(lambda: opened.upload(guarded, b"x", name="d").status == 403)


def test_a_file_to_keep_is_for_whoever_is_signed_in_and_in_no_cache(guarded: str) -> None:
    cookie = signed_in(SECRET, guarded, **SELLER | {"iat": int(time.time()) - 60})
    with tab(guarded, cookie) as opened, tab(guarded, cookie) as other:
        opened.run("payments")
        other.run()
        path = opened.made_file("payments_csv")
        answer = ask(guarded, path, Cookie=f"_streamlit_user={cookie}")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "payments.csv" in answer.headers["content-disposition"]
        assert b"reimbursement_id" in answer.body
        for forged in ("", signed_in("changeme", guarded, **SELLER)):
            refused = ask(guarded, path, Cookie=f"_streamlit_user={forged}")
            assert refused.status == 403
            assert b"reimbursement_id" not in refused.body
        other.click("sign_out")
        until(lambda: ask(guarded, path, Cookie=f"_streamlit_user={cookie}").status == 403)
        assert opened.made_file("payments_csv") == ""


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_cookie_that_was_signed_with_another_secret_is_nobodys(guarded: str) -> None:
    for secret in ("changeme", SECRET + " "):
        with tab(guarded, signed_in(secret, guarded, **SELLER)) as opened:
            opened.run()
            assert b"Sign in to Recoup" in opened.said
            assert b"Signed in as" not in opened.said


def test_what_only_developers_say_is_not_heard_and_a_flood_is_slowed_down(guarded: str) -> None:
    process = process_at(guarded)
    with tab(guarded) as stranger:
        stranger.run()
        for kind in ("clear_cache", "load_git_info"):
            message = BackMsg()
            setattr(message, kind, True)
            stranger.send(message)
        stranger.run()  # it goes on
        threads = process.num_threads()
        message = BackMsg()
        message.rerun_script.query_string = ""
        raw = message.SerializeToString()

        def flood() -> None:
            try:
                for _ in range(5_000):
                    stranger.socket.send(raw)
            except OSError:
                return

        flooding = threading.Thread(target=flood, daemon=True)
        flooding.start()
        slowest = 0.0
        for _ in range(10):
            began = time.monotonic()
            assert ask(guarded, "/_stcore/health").status == 200
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.1)
        assert slowest < 5
        assert process.num_threads() - threads < 100
        stranger.socket.close_socket()


def test_many_strangers_who_ask_for_the_gate_again_and_again_leave_room_for_those_who_are_in(guarded: str) -> None:
    message = BackMsg()
    message.rerun_script.query_string = ""
    raw = message.SerializeToString()
    is_over = threading.Event()

    def flood(stranger: Tab) -> None:
        with suppress(OSError, ConnectionClosed):
            while not is_over.is_set():
                stranger.socket.send(raw)

    with ExitStack() as held, tab(guarded, signed_in(SECRET, guarded, **SELLER)) as member:
        member.run("payments")
        strangers = [held.enter_context(tab(guarded)) for _ in range(FLOODING)]
        for stranger in strangers:
            held.callback(stranger.socket.close_socket)
            threading.Thread(target=flood, args=(stranger,), daemon=True).start()
        took = []
        for _ in range(5):
            began = time.monotonic()
            member.run("payments")
            took.append(time.monotonic() - began)
        is_over.set()
    print(f"{FLOODING} strangers flood: a member's runs took {', '.join(f'{each:.2f}' for each in took)} s")
    assert statistics.median(took) < 5


def test_a_message_that_is_larger_than_any_page_needs_ends_the_connection(guarded: str) -> None:
    with tab(guarded) as stranger:
        stranger.run()
        message = BackMsg()
        message.rerun_script.query_string = "x" * 2_000_000
        stranger.send(message)
        with pytest.raises(ConnectionClosed):
            list(stranger.socket)


def test_the_database_that_is_away_is_told_by_ready_and_not_by_health(guarded: str, tmp_path: Path) -> None:
    assert ask(guarded, "/ready").status == 200
    port = free_port()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'[auth]\nredirect_uri = "http://localhost:{port}/oauth2callback"\ncookie_secret = "{SECRET}"\n')
    away = {f"RECOUP_{name}_DATABASE_URL": "postgresql://recoup_app@127.0.0.1:1/x" for name in ("APP", "STAFF")}
    with dashboard(environment(tmp_path, **away), "--secrets.files", str(secrets), port=port) as address:
        assert ask(address, "/_stcore/health").status == 200
        assert ask(address, "/ready").status == 503


def test_no_row_is_left_of_strangers(guarded: str, server: Server) -> None:
    with tab(guarded) as stranger:
        stranger.run("overview")
        assert b"ALPINE" not in stranger.said
        assert b"Alpine" not in stranger.said
