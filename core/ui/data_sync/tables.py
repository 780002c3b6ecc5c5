"""Tables of Data sync: report freshness, missing reports, refused files with reasons."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.lists import LISTS
from core.ui import components
from core.ui.cache import answers
from core.ui.components.table import table
from core.ui.lists import rows
from core.ui.shell.view import View
from core.ui.text.words import count, day, plain, report
from core.vocabulary import REPORTS

_FILES_SHOWN = 5


def troubles(totals: Mapping[str, int]) -> None:
    """Warn about gaps, late reports and reports never synced; nothing without problems. `totals`: reports by state."""
    gaps, late, never = (totals.get(code, 0) for code in ("gap", "late", "never"))
    said = [
        f"**{count(gaps, 'report has', 'reports have')} a gap**: a file may be missing." if gaps else "",
        f"**{count(late, 'report is', 'reports are')} late**: the newest data are older than usual." if late else "",
        f"**{count(never, 'report', 'reports')} never synced.**" if never else "",
    ]
    words = [each for each in said if each]
    if words:
        st.warning(
            f"{' '.join(words)} We can't detect losses in missing data, and deadlines keep running.",
            icon=":material/history_toggle_off:",
        )


def refused_files(view: View) -> None:
    """Show the full reasons of refused files, newest first; nothing if no file was refused."""
    spec = LISTS["sync_refused"]
    pager = components.Pager("sync_refused", view.scope.account_ids, by_number=not view.has_many_accounts)
    found = answers.rows_of(view.scope, view.as_of, spec.code, None, spec.first_order, pager.position)
    if found.empty:
        return
    st.header(spec.label, anchor=False)
    told = found.to_dict("records")
    shown, more = told[:_FILES_SHOWN], told[_FILES_SHOWN:]
    _messages(view, shown)
    if more:
        with st.expander(f"{count(len(more), 'more file')}"):
            _messages(view, more)
            pager.show(found, spec.keys[spec.first_order], spec.noun)


def _messages(view: View, files: Sequence[Mapping[Any, Any]]) -> None:
    for row in files:
        about = [day(row["refused_at"].date()), *([plain(row["account"])] if view.has_many_accounts else [])]
        st.markdown(f":material/block: **{plain(row['file'])}** :gray[{' · '.join(about)}]  \n{plain(row['message'])}")


def listed(view: View, code: str, about: Mapping[str, str] | None = None) -> None:
    """Show a list with its title. An empty list shows nothing, unless it declares an empty state."""
    rows.show(view, code, rows.Asked(about=about or {}, title=LISTS[code].label), key=code)


def missing(view: View) -> None:
    """Show reports that connected marketplaces require but that were never synced, with the purpose of each."""
    rows = answers.missing_reports(view.scope, view.as_of)
    if rows.empty:
        return
    st.header("Never synced", anchor=False)
    st.caption("Without these, losses on a connected marketplace can't be detected.")
    columns: dict[str, Any] = {
        "Report": rows["format"].map(report),
        "What it is for": [REPORTS[code].what_for for code in rows["format"]],
    }
    if view.has_many_accounts:
        columns["Missing for"] = [_whose(row) for row in rows.to_dict("records")]
    table(
        pd.DataFrame(columns),
        alt="Reports that are needed and were never synced",
        key="sync_missing",
        column_config={"What it is for": st.column_config.TextColumn(width="large")},
    )


def missing_in_words(view: View) -> str:
    """Markdown list of required reports that were never synced, with the purpose of each."""
    codes = answers.missing_reports(view.scope, view.as_of)["format"]
    return "\n".join(f"- **{REPORTS[code].label}**: {REPORTS[code].what_for}" for code in codes)


def _whose(row: dict[Any, Any]) -> str:
    more = row["accounts"] - len(row["names"])
    return ", ".join(row["names"]) + (f" and {count(more, 'other')}" if more else "")
