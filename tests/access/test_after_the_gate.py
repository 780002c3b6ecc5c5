"""A page that stays open after its session has ended: it shows nothing new, does nothing and writes nothing."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import text
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from core.database.access import people, personal, sessions, visitor
from core.errors import SessionEnded
from core.ui.components import downloads
from core.ui.components.downloads import Download
from core.ui.shell.session_check import Standing
from tests.conftest import Database
from tests.pages.conftest import Open, signed_in_as
from tests.pages.seen import texts
from tests.pages.test_downloads import download
from tests.pages.test_gate import assert_nothing_of_the_world

__all__ = ["download"]

SELLER = "alpine@example.com"
PAGE = "pages/how_to_claim.py"


def signed_out(database: Database) -> None:
    with database.owner.begin() as connection:
        connection.execute(text("update user_session set ended_at = now()"))


def idle(database: Database) -> None:
    with database.owner.begin() as connection:
        connection.execute(text("update user_session set seen_at = now() - interval '3 hours'"))


def too_old(database: Database) -> None:
    with database.owner.begin() as connection:
        connection.execute(text("update user_session set signed_in_at = now() - interval '13 hours'"))


def removed(database: Database) -> None:
    with database.owner.begin() as connection:
        people.remove_user(connection, SELLER)


ENDS: list[Callable[[Database], None]] = [signed_out, idle, too_old, removed]


def requests(database: Database) -> int:
    with database.owner.connect() as connection:
        return int(connection.execute(text("select count(*) from service_request")).scalar_one())


def asking(app: AppTest) -> str:
    return next(str(button.key) for button in app.button if button.label.startswith("Request service"))


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_a_callback_of_a_session_that_ended_writes_nothing_and_shows_the_way_in(
    visit: Open, database: Database, end: Callable[[Database], None]
) -> None:
    app = visit(PAGE, SELLER)
    before = requests(database)
    key = asking(app)
    end(database)
    app.button(key=key).click().run()
    assert not app.exception
    assert requests(database) == before
    assert not [button for button in app.button if button.label.startswith("Request service")]
    assert_nothing_of_the_world(app)


def test_signing_out_in_one_tab_ends_the_other(
    visit: Open, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.logout", lambda: None)
    user = signed_in_as(SELLER)
    tabs = []
    for _ in range(2):
        tab = visit(PAGE, None)
        tab.user = user
        tabs.append(tab.run())
    tabs[0].button(key="sign_out").click().run()
    tabs[1].button(key=asking(tabs[1])).click().run()
    assert requests(database) == 0
    assert "This session was signed out" in texts(tabs[1])


@pytest.mark.parametrize("end", ENDS[:3], ids=lambda end: end.__name__)
def test_a_run_that_new_figures_woke_shows_nothing_of_a_session_that_ended(
    visit: Open, database: Database, end: Callable[[Database], None]
) -> None:
    app = visit("pages/overview.py", SELLER)
    end(database)
    app.session_state["woken by a change"] = True
    app.run()
    assert not app.metric
    assert_nothing_of_the_world(app)


def test_a_write_is_refused_by_the_database_though_it_has_begun_before(visit: Open, database: Database) -> None:
    user = signed_in_as(SELLER)
    app = visit(PAGE, None)
    app.user = user
    app.run()
    key = sessions.key_of(str(user["iss"]), str(user["sub"]), datetime.fromtimestamp(int(str(user["iat"])), UTC))
    with database.owner.connect() as connection:
        user_id = people.user_id_of(connection, SELLER)
        account = connection.execute(text("select account_id from account where code = 'ALPINE'")).scalar_one()
    with sessions.held(key):
        with visitor.reading(user_id) as (connection, _):
            assert connection.execute(text("select count(*) from account")).scalar_one() == 1
        signed_out(database)
        for work in (
            lambda: personal.request_service(user_id, account, "AMAZON_US"),
            lambda: personal.record(user_id, "download", account),
            lambda: personal.forget_view(user_id, "x"),
        ):
            with pytest.raises(SessionEnded):
                work()
        with pytest.raises(SessionEnded), visitor.reading(user_id):
            pass
    assert requests(database) == 0


def test_a_file_is_not_made_for_a_session_that_has_ended(download: Download, database: Database) -> None:
    """As Streamlit makes it: in a thread of its own, long after the page was shown."""
    user = download.view.scope.user_id
    at = datetime.now(UTC)
    key = sessions.key_of("https://id.example.com", "1", at)
    assert sessions.attend(user, key, at, **sessions.limits()) == "open"
    of_session = Download(download.view, download.name, download.table, download.about, session=key)
    of_session.csv().close()
    signed_out(database)
    failed: list[Exception] = []

    def make() -> None:
        try:
            of_session.csv().close()
        except SessionEnded as error:
            failed.append(error)

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    assert len(failed) == 1
    with database.owner.connect() as connection:
        assert connection.execute(text("select count(*) from audit_log where action = 'download'")).scalar_one() == 1


def test_asking_whether_a_session_may_go_on_is_no_visit(visit: Open, database: Database) -> None:
    app = visit("pages/overview.py", SELLER)
    standing = app.session_state["standing"]
    assert isinstance(standing, Standing)
    with database.owner.begin() as connection:
        connection.execute(text("update user_session set seen_at = now() - interval '90 minutes'"))
    for _ in range(3):
        assert sessions.standing(standing.user_id, str(standing.session)) == "open"
    with database.owner.connect() as connection:
        unused = text("select now() - seen_at > interval '89 minutes' from user_session")
        assert connection.execute(unused).scalar_one()


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        pytest.param({"iat": int(time.time()) + 3600}, "dated in the future", id="an hour from now"),
        ({"iat": float("nan")}, "does not say when"),
        ({"iat": float("inf")}, "does not say when"),
        ({"iat": 1e300}, "does not say when"),
        ({"iat": -1}, "does not say when"),
        ({"iat": True}, "does not say when"),
        ({"iat": "1764500000"}, "does not say when"),
        ({"iat": [1]}, "does not say when"),
        ({"sub": None}, "does not say who you are"),
        ({"sub": ""}, "does not say who you are"),
        ({"iss": 7}, "does not say who you are"),
    ],
    ids=str,
)
def test_a_sign_in_from_the_future_or_of_nonsense_is_refused_in_words(
    visit: Open, claims: dict[str, object], said: str
) -> None:
    app = visit("pages/overview.py", None)
    app.user = signed_in_as(SELLER, **claims)
    app.run()
    assert not app.exception
    assert said in texts(app)
    assert_nothing_of_the_world(app)


def test_a_clock_that_is_a_little_ahead_is_no_reason_to_refuse(visit: Open) -> None:
    app = visit("pages/overview.py", None)
    app.user = signed_in_as(SELLER, iat=int(time.time()) + 60)
    assert app.run().metric


def test_two_files_never_share_an_address() -> None:
    """Streamlit names a file of more than 1 MiB by its length, its first, middle and last bytes, its type and name."""
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    first, second = bytearray(3_000_000), bytearray(3_000_000)
    second[500_000] = 1
    placed = [
        manager.add_deferred(partial(bytes, data), downloads.mime_of_rendering("csv"), "1.2", "items.csv")
        for data in (first, second)
    ]
    addresses = [manager.execute_deferred(each) for each in placed]
    assert addresses[0] != addresses[1]
    same = [manager.add_deferred(partial(bytes, data), "text/csv", "1.2", "items.csv") for data in (first, second)]
    assert manager.execute_deferred(same[0]) == manager.execute_deferred(same[1]), "as it would be"
