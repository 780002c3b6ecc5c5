"""Prometheus metrics, served on a port of this process where `RECOUP_METRICS_PORT` is set.

Without it nothing is counted and the library is not imported. No label names an account or a person: labels are pages,
reports and the pages' logins, so there are few series.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import QueuePool

from core import settings

_LOG = logging.getLogger("recoup.metrics")

_page: ContextVar[str] = ContextVar("page", default="")
_engines: list[Engine] = []

_RUN_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_QUERY_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5)

Numbers = Mapping[tuple[str, ...], float]
"""The values of a gauge by their labels."""


class _Counted:
    """The metrics of a process."""

    def __init__(self) -> None:
        from prometheus_client import Counter, Histogram

        self.runs = Histogram(
            "recoup_run_seconds",
            "Runs of a page, from its first line to its end (done, stopped, again, failed).",
            ("page", "ended"),
            buckets=_RUN_SECONDS,
        )
        self.queries = Histogram(
            "recoup_query_seconds",
            "Queries, by page; empty without a page.",
            ("page",),
            buckets=_QUERY_SECONDS,
        )
        self.answers = Counter(
            "recoup_answers", "Answers to page queries: all, and those read from the database.", ("source",)
        )
        self.files = Counter(
            "recoup_dropped_files", "Files dropped for the worker: taken, refused, failed.", ("result",)
        )


@cache
def _counted() -> _Counted | None:
    return _Counted() if settings.metrics_port() is not None else None


@cache
def serve() -> None:
    """Serve this process's metrics, once, where the environment says so.

    A taken port is logged: the process continues without metrics. Raises ConfigurationError.
    """
    port = settings.metrics_port()
    if port is None:
        return
    from prometheus_client import start_http_server

    try:
        start_http_server(port, settings.metrics_address())
    except OSError as error:
        _LOG.error("no numbers are served at port %d: %s", port, error.strerror)
        return
    meaning = "Connections to the database, by the login and whether one is in use."
    gauge("recoup_pool_connections", meaning, ("login", "state"), _pools)
    _LOG.info("numbers are served at port %d", port)


def begin_run(page: str) -> None:
    """Attribute queries from here on to a run of this page."""
    _page.set(page)


def run_ended(page: str, seconds: float, how: str) -> None:
    """Count a page run: its duration and its end (done, stopped, again, failed)."""
    if counted := _counted():
        counted.runs.labels(page, how).observe(seconds)


def answered(source: str) -> None:
    """Count an answer to a page: `all` answers, or those read from the `database`."""
    if counted := _counted():
        counted.answers.labels(source).inc()


def dropped(result: str, files: int = 1) -> None:
    """Count files in the worker's folder: taken, refused or failed."""
    if counted := _counted():
        counted.files.labels(result).inc(files)


def gauge(name: str, meaning: str, labels: tuple[str, ...], ask: Callable[[], Numbers]) -> None:
    """Serve values that are read on each scrape. Where reading fails, they are omitted."""
    if _counted() is None:
        return
    from prometheus_client import REGISTRY
    from prometheus_client.core import GaugeMetricFamily
    from prometheus_client.registry import Collector

    class Asking(Collector):
        def collect(self) -> Iterator[GaugeMetricFamily]:
            family = GaugeMetricFamily(name, meaning, labels=labels)
            try:
                for values, number in ask().items():
                    family.add_metric(values, number)
            except Exception as error:  # noqa: BLE001 (whatever it is, the other numbers are told)
                _LOG.warning("%s is not known: %s", name, type(error).__name__)
            yield family

        def describe(self) -> Iterator[GaugeMetricFamily]:
            yield GaugeMetricFamily(name, meaning, labels=labels)

    REGISTRY.register(Asking())


def watch(engine: Engine) -> None:
    """Count an engine's queries and their time, and export the state of its pool."""
    counted = _counted()
    if counted is None:
        return
    _engines.append(engine)

    @event.listens_for(engine, "before_cursor_execute")
    def begin(_connection: Any, _cursor: Any, _query: str, _values: Any, context: Any, _many: bool) -> None:
        context.recoup_began = time.perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def end(_connection: Any, _cursor: Any, _query: str, _values: Any, context: Any, _many: bool) -> None:
        counted.queries.labels(_page.get()).observe(time.perf_counter() - context.recoup_began)


def _pools() -> Numbers:
    told: dict[tuple[str, ...], float] = {}
    for engine in _engines:
        if isinstance(engine.pool, QueuePool):
            login = engine.url.username or ""
            told[login, "in_use"] = engine.pool.checkedout()
            told[login, "idle"] = engine.pool.checkedin()
    return told
