"""The tables of Data sync: how fresh each report is, what is missing, and what was refused and why."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.lists import LISTS
from core.ui.cache import answers
from core.ui.components.table import table
from core.ui.lists import rows
from core.ui.shell.view import View
from core.ui.text.words import count, report
from core.vocabulary import REPORTS


def troubles(view: View) -> None:
    """Say in a sentence what is not as it should be; nothing where all is well."""
    found = answers.sync_troubles(view.scope, view.as_of)
    said = [
        f"**{count(found.stale, 'report is', 'reports are')} stale**: the last row is older than it should be"
        if found.stale
        else "",
        f"**{count(found.with_holes, 'report has', 'reports have')} a hole**: longer without a row than is usual for"
        " it, so a file may be missing"
        if found.with_holes
        else "",
        f"**{count(found.overdue, 'report is', 'reports are')} overdue**, by the rhythm of past syncs"
        if found.overdue
        else "",
    ]
    words = [each for each in said if each]
    if words:
        st.warning(
            f"{'; '.join(words)}. What is missing can not be found, and its claim windows go on running.",
            icon=":material/history_toggle_off:",
        )


def listed(view: View, code: str, about: Mapping[str, str] | None = None) -> None:
    """Show one of the lists, with its title: nothing where there is nothing, unless the list says so."""
    rows.show(view, code, rows.Asked(about=about or {}, title=LISTS[code].label), key=code)


def missing(view: View) -> None:
    """Show the reports that connected marketplaces need and that were never synced, with what each is for."""
    rows = answers.missing_reports(view.scope, view.as_of)
    if rows.empty:
        return
    st.header("Never synced", anchor=False)
    st.caption("Without these, something on a connected marketplace stays unseen.")
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
    """The reports that are needed and were never synced as a Markdown list, with what each is for."""
    codes = answers.missing_reports(view.scope, view.as_of)["format"]
    return "\n".join(f"- **{REPORTS[code].label}**: {REPORTS[code].what_for}" for code in codes)


def _whose(row: dict[Any, Any]) -> str:
    more = row["accounts"] - len(row["names"])
    return ", ".join(row["names"]) + (f" and {count(more, 'other')}" if more else "")
