"""Downloads of lists: all filtered rows, generated on click with the user's permissions at that moment."""

import logging
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal

import streamlit as st

from core.database.access import personal, sessions
from core.database.access.visitor import reading
from core.errors import DISK_FULL, AccessDenied, RecoupError
from core.exports import MOST_ROWS, Table, write_csv, write_workbook
from core.ui.shell import errors, refresh, session_check
from core.ui.shell.view import View
from core.ui.text.words import number, plain

_LOG = logging.getLogger("recoup.pages")
_CSV, _XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SECONDS, _TOLD_FOR = 600, 60
"""How long a page waits for a file to be generated, and how long it shows the reason for a failure."""

Form = Literal["csv", "workbook"]


@dataclass
class Attempts:
    """State of a button's downloads. Streamlit generates the file outside the page's run and reports no reason for a
    failure; page and generator share this object, so that the page can show it.
    """

    asked: int = 0
    ended: int = 0
    asked_at: float = 0.0
    refusal: str = ""

    def ask(self) -> None:
        """Record a click. The file may be finished before this runs."""
        self.asked += 1
        self.asked_at = time.monotonic()

    @property
    def is_under_way(self) -> bool:
        """Whether a file is being generated."""
        return self.ended < self.asked and self._since < _SECONDS

    @property
    def why_not(self) -> str:
        """Why the latest download failed; empty if it succeeded."""
        return self.refusal if self._since < _TOLD_FOR else ""

    @property
    def _since(self) -> float:
        return time.monotonic() - self.asked_at

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Record how the generation of a file ends: on failure with a sentence that says why."""
        self.refusal = ""
        try:
            yield
        except RecoupError as error:
            self.refusal = str(error)
            raise
        except Exception as error:
            name = secrets.token_hex(4)
            _LOG.error("a download failed, id %s", name, exc_info=error)
            why = f"{DISK_FULL} on the server." if errors.is_disk_full(error) else "No file could be made."
            self.refusal = f"{why} Give this id to whoever runs Recoup: {name} (it is in the log)."
            raise
        finally:
            self.ended += 1


@dataclass(frozen=True)
class Download:
    """Download of one list: its name, which is also the file's, and its query without pagination.

    `about` describes the filters. The file is generated outside the page's run, for the session that saw the page.
    """

    view: View
    name: str
    table: Callable[[Sequence[int]], Table]
    about: Mapping[str, str]
    attempts: Attempts = field(default_factory=Attempts)
    session: str | None = field(default_factory=session_check.session)

    def csv(self) -> BinaryIO:
        """All rows as a CSV file."""
        return self.made("csv")

    def workbook(self) -> BinaryIO:
        """All rows as an Excel file."""
        return self.made("workbook")

    def made(self, form: Form) -> BinaryIO:
        """All rows as a file. Raises AccessDenied if the user has lost access to an account, and LimitReached."""
        with self.attempts.telling(), sessions.held(self.session):
            return self._made(form)

    def _made(self, form: Form) -> BinaryIO:
        scope = self.view.scope
        account = scope.account_ids[0] if len(scope.account_ids) == 1 else None
        table = self.table(scope.account_ids)
        with tempfile.TemporaryDirectory(prefix="recoup-") as folder:
            path = Path(folder) / "rows.csv"
            with reading(scope.user_id, self.view.as_of) as (connection, viewer):
                if not viewer.sees_every_account and not set(scope.account_ids) <= set(viewer.granted):
                    raise AccessDenied("An account of this list is no longer yours. Reload the page.")
                rows = write_csv(connection, table, path)
            # before the file is returned, so that every delivered file is in the log
            personal.record(scope.user_id, "download", account, what=self.name, rows=rows, accounts=scope.account_ids)
            if form == "workbook":
                written, path = path, Path(folder) / "rows.xlsx"
                write_workbook(written, path, table.columns, self._told(), rows)
            return path.open("rb")  # an open file stays readable after its folder is deleted

    def _told(self) -> dict[str, str]:
        names = ", ".join(account.name for account in self.view.accounts)
        day = self.view.as_of.isoformat() if self.view.as_of else "today, which is each marketplace's own"
        return {"List": self.name, "Accounts": names, "Deadlines as of": day, **self.about}


def downloads(
    view: View, name: str, table: Callable[[Sequence[int]], Table], about: Mapping[str, str], *, rows: int, key: str
) -> None:
    """Show the download menu of a list with this number of rows: CSV and Excel."""
    download = Download(view, name, table, about, _attempts(key))
    with st.popover("Download", icon=":material/download:", type="tertiary", key=f"{key}_download"):
        st.caption(f"All {number(rows)} rows. Uses the current filters. Downloads are logged.")
        button("CSV", download, "csv", f"{name}.csv", key=f"{key}_csv", icon=":material/csv:")
        button(
            "Excel",
            download,
            "workbook",
            f"{name}.xlsx",
            key=f"{key}_xlsx",
            icon=":material/table_view:",
            disabled=rows > MOST_ROWS,
            help=f"Up to {number(MOST_ROWS)} rows; a CSV file holds any number." if rows > MOST_ROWS else None,
        )
        tell(download.attempts)


def single(
    view: View, name: str, table: Callable[[Sequence[int]], Table], about: Mapping[str, str], *, key: str
) -> Download:
    """A download with a single button: call `button`, and `tell` below it."""
    return Download(view, name, table, about, _attempts(key))


def button(label: str, download: Download, form: Form, file: str, *, key: str, **options: Any) -> None:
    """Show a download button; `options` are passed to `st.download_button`."""
    mime = mime_of_rendering(form)
    made = partial(download.made, form)
    st.download_button(
        label, made, file, mime, key=key, on_click=session_check.callback(download.attempts.ask), **options
    )


def mime_of_rendering(form: Form) -> str:
    """MIME type of a file, unique per rendering of its button. Streamlit derives a large file's id from samples of its
    content and its type, so two different files could get the same id.
    """
    return f"{_CSV if form == 'csv' else _XLSX}; rendering={secrets.token_hex(8)}"


def tell(attempts: Attempts) -> None:
    """Show that a file is being generated, or why it failed."""
    if attempts.is_under_way:
        _wait(attempts)
    elif attempts.why_not:
        st.warning(plain(attempts.why_not), icon=":material/block:")


@session_check.fragment(run_every="1s")
def _wait(attempts: Attempts) -> None:
    if not attempts.is_under_way:
        refresh.wake()
    st.caption(":material/progress_activity: Making the file …")


def _attempts(key: str) -> Attempts:
    kept: Attempts = st.session_state.setdefault(f"downloads of {key}", Attempts())
    return kept
