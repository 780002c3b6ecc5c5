"""The pages as a signed-in visitor has them, over the small world."""

import time
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from sqlalchemy import text
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from core.settings import PROJECT
from core.ui.components.chart import OPENED, READ
from tests.conftest import Database, Filled, Server, filled
from tests.pages import world

SECRETS = {"auth": {"redirect_uri": "http://localhost:8501/oauth2callback"}}

CHARTS = (
    *(f"overview_{name}" for name in ("expiring", "months", "categories", "marketplaces", "lost")),
    *(f"outcomes_{name}" for name in ("denied", "time", "ageing", "sources")),
)
"""The keys of the charts."""

Open = Callable[..., AppTest]


def signed_in_as(email: str, **claims: object) -> dict[str, object]:
    """What an OpenID Connect provider says of a user who has just signed in."""
    stated = {"iss": "https://id.example.com", "sub": email, "iat": int(time.time())}
    return {"is_logged_in": True, "email": email, "email_verified": True, **stated, **claims}


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Every AppTest looks for components in all installed packages, for longer than a page takes: once will do."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def with_small_world(server: Server, migrated: str) -> Iterator[Filled[dict[str, int]]]:
    """A database with the world in it."""
    with filled(server, migrated, world.build) as made:
        yield made


@pytest.fixture(scope="session")
def template(with_small_world: Filled[dict[str, int]]) -> str:
    """Every test of pages begins with the world."""
    return with_small_world.name


@pytest.fixture
def small_world(database: Database, with_small_world: Filled[dict[str, int]]) -> dict[str, int]:
    """The account ids of the world by code."""
    return dict(with_small_world.told)


@pytest.fixture
def visit(small_world: dict[str, int]) -> Open:
    """Opens a page as a user: `visit("pages/amazon.py", "staff@example.com", account="Betula")`."""
    st.cache_data.clear()
    st.cache_resource.clear()

    def open_page(page: str, email: str | None, **address: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
        app.secrets = SECRETS
        app.user = {"is_logged_in": False}
        if email is not None:
            app.user = signed_in_as(email)
        app.switch_page(page)
        for key, value in address.items():
            app.query_params[key] = value
        for part in (*CHARTS, "overview_laws"):  # nobody clicks here, so their numbers are open from the beginning
            app.session_state[f"{part}{OPENED}"] = True
        app.session_state[READ] = True
        return app.run()

    return open_page


@pytest.fixture
def totals(database: Database, small_world: dict[str, int]) -> Callable[[str, str, str], object]:
    """What `reporting.totals` says, as the owner sees it: account code, currency and total -> amount."""

    def ask(account: str, currency: str, total: str) -> object:
        query = text(
            "select coalesce(sum(amount), 0) from reporting.totals"
            " where account = :account and currency = :currency and total = :total"
        )
        with database.owner.connect() as connection:
            found = connection.execute(query, {"account": account, "currency": currency, "total": total})
            return found.scalar_one()

    return ask
