"""Engines: one for the owner, one for the pages, one for the pages of staff, one for imports."""

from functools import cache, partial

from sqlalchemy import Engine, create_engine, event, make_url

from core import metrics, settings
from core.database import deadlines
from core.database.access import roles
from core.database.server import embedded
from core.errors import ConfigurationError

OWNER, APP, STAFF, LOADER = "recoup", "recoup_app", "recoup_staff", "recoup_loader"
"""Roles of the embedded server; all names except the owner's apply to every server."""


def normalised(url: str) -> str:
    """The URL with the driver named: `postgres://` and `postgresql://` both mean psycopg2.

    Without it, SQLAlchemy 2.1 takes `postgresql://` for psycopg 3, which Recoup does not use.
    """
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return f"postgresql+psycopg2://{url.removeprefix(prefix)}"
    if url.startswith("postgresql+psycopg2://"):
        return url
    scheme = url.partition("://")[0] if "://" in url else "no scheme"
    raise ConfigurationError(f"The database URL must begin with postgresql://; it has {scheme}.")


def for_other_tools(url: str) -> str:
    """The URL for psql and other tools, without the driver's name."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def is_embedded() -> bool:
    """Whether the database is the embedded server. An app process on a server of one's own need not know the owner's
    connection: a pages' URL suffices to exclude the embedded server.
    """
    return settings.database_url() is None and settings.app_database_url() is None


def owner_url() -> str:
    """The owner's connection, for migrations and loaders. Starts the embedded server if it is used."""
    configured = settings.database_url()
    return normalised(configured) if configured else embedded.address(OWNER)


def app_url() -> str:
    """The pages' connection for sellers and account managers.

    Raises ConfigurationError where it is not set on a server of one's own: the owner's connection would bypass row
    security.
    """
    return _page_url(settings.app_database_url(), "RECOUP_APP_DATABASE_URL", APP)


def staff_url() -> str:
    """The pages' connection for staff. Raises as `app_url` does."""
    return _page_url(settings.staff_database_url(), "RECOUP_STAFF_DATABASE_URL", STAFF)


def loader_url() -> str:
    """The connection of an import from a page. Raises as `app_url` does."""
    return _page_url(settings.loader_database_url(), "RECOUP_LOADER_DATABASE_URL", LOADER)


def _page_url(configured: str | None, name: str, role: str) -> str:
    if configured:
        return normalised(configured)
    if is_embedded():
        return embedded.address(role)
    raise ConfigurationError(
        f"{name} is not set. With DATABASE_URL the pages need a login of their own, {role}, that owns nothing:"
        f" give that role a password (alter role {role} password '…') and set {name}."
    )


def owner_engine() -> Engine:
    """The engine of the owner's connection."""
    return engine_for(owner_url())


def app_engine() -> Engine:
    """The engine of the pages for sellers and account managers."""
    return engine_for(app_url(), APP)


def staff_engine() -> Engine:
    """The engine of the pages for staff."""
    return engine_for(staff_url(), STAFF)


def app_replica_engine() -> Engine | None:
    """The engine of the pages' read replica; None without one."""
    configured = settings.app_replica_database_url()
    return engine_for(normalised(configured), APP, is_replica=True) if configured else None


def staff_replica_engine() -> Engine | None:
    """The engine of the staff pages' read replica; None without one."""
    configured = settings.staff_replica_database_url()
    return engine_for(normalised(configured), STAFF, is_replica=True) if configured else None


@cache
def engine_for(url: str, role: str = "", *, is_replica: bool = False) -> Engine:
    """One engine per process, URL and role. A connection that died while idle is replaced before use, and a vanished
    embedded server is restarted.

    With a `role` it is an engine of the pages: each connection has that role and is subject to row security, or is
    refused (core.database.access.roles), and each statement has a deadline (core.database.deadlines).
    """
    of_statements = deadlines.of_statements(is_replica=is_replica) if role else {}
    made = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=15,
        pool_timeout=10,
        pool_recycle=1800,
        hide_parameters=True,  # parameters, such as a user's address, must not reach the log
        connect_args=deadlines.limits_of_tcp(make_url(url)) | of_statements,
    )
    if role:
        event.listen(made, "do_connect", deadlines.refuse_while_away)
    if is_embedded():
        event.listen(made, "do_connect", _start_embedded)
    if role:
        event.listen(made, "do_connect", deadlines.connect)
        event.listen(made, "connect", partial(roles.refuse_other, role))
    metrics.watch(made)
    return made


def _start_embedded(*_: object) -> None:
    embedded.url()
