"""Downloads of lists: all rows that the filters leave, made when they are asked for, with the rights of that moment."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import streamlit as st

from core.database import personal
from core.database.access import reading
from core.errors import AccessDenied
from core.exports import MOST_ROWS, Table, write_csv, write_workbook
from core.ui.view import View

_CSV, _XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Download:
    """One list: its name, which is the file's, and the question that all of its rows answer.

    `about` says in words by which filters.
    """

    view: View
    name: str
    table: Callable[[Sequence[int]], Table]
    about: Mapping[str, str]

    def csv(self) -> BinaryIO:
        """All rows as a CSV file."""
        return self._made(as_workbook=False)

    def workbook(self) -> BinaryIO:
        """All rows as an Excel file."""
        return self._made(as_workbook=True)

    def _made(self, *, as_workbook: bool) -> BinaryIO:
        scope = self.view.scope
        account = scope.account_ids[0] if len(scope.account_ids) == 1 else None
        table = self.table(scope.account_ids)
        with tempfile.TemporaryDirectory(prefix="recoup-") as folder:
            path = Path(folder) / "rows.csv"
            with reading(scope.user_id, self.view.as_of) as (connection, viewer):
                if not viewer.sees_every_account and not set(scope.account_ids) <= set(viewer.granted):
                    raise AccessDenied("An account of this list is no longer yours. Reload the page.")
                rows = write_csv(connection, table, path)
            # before the file is handed out: what is not in the log was not given
            personal.record(scope.user_id, "download", account, what=self.name, rows=rows, accounts=scope.account_ids)
            if as_workbook:
                written, path = path, Path(folder) / "rows.xlsx"
                write_workbook(written, path, table.columns, self._told(), rows)
            return path.open("rb")  # it goes on while it is read, though its name is gone with the folder

    def _told(self) -> dict[str, str]:
        names = ", ".join(account.name for account in self.view.accounts)
        day = self.view.as_of.isoformat() if self.view.as_of else "today, which is each marketplace's own"
        return {"List": self.name, "Accounts": names, "Deadlines as of": day, **self.about}


def downloads(
    view: View, name: str, table: Callable[[Sequence[int]], Table], about: Mapping[str, str], *, rows: int, key: str
) -> None:
    """Show the two ways to download a list of so many rows."""
    download = Download(view, name, table, about)
    with st.popover("Download", icon=":material/download:", type="tertiary", key=f"{key}_download"):
        st.caption(f"All {rows:,} rows, with what was chosen above. Each download is recorded.")
        st.download_button(
            "CSV", download.csv, f"{name}.csv", _CSV, key=f"{key}_csv", icon=":material/csv:", on_click="ignore"
        )
        st.download_button(
            "Excel",
            download.workbook,
            f"{name}.xlsx",
            _XLSX,
            key=f"{key}_xlsx",
            icon=":material/table_view:",
            on_click="ignore",
            disabled=rows > MOST_ROWS,
            help=f"Up to {MOST_ROWS:,} rows; a CSV file holds any number." if rows > MOST_ROWS else None,
        )
