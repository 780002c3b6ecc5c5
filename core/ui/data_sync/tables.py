"""The tables of Data sync: how fresh each report is, what is missing, and what was refused and why."""

from typing import Any

import pandas as pd
import streamlit as st

from core import form, money
from core.queries.data_sync import ORDERS, all_issues, all_unknown_words
from core.ui import components
from core.ui.cache import answers
from core.ui.components.columns import count_column, date_column
from core.ui.components.downloads import downloads
from core.ui.components.table import table, without_empty
from core.ui.shell.view import View
from core.ui.text.words import count, plain, report
from core.vocabulary import REPORTS

_STATES = ("Hole", "Stale", "Overdue", "Rows refused", "Up to date")
_COLOURS = ["red", "orange", "orange", "gray", "green"]


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


def reports(view: View) -> None:
    """Show each report that was synced, those with troubles first."""
    st.header("Reports", anchor=False)
    pager = components.Pager("sync_reports", view.scope.account_ids, by_number=not view.has_many_accounts)
    rows = answers.sync_reports(view.scope, view.as_of, pager.position)
    if rows.empty:
        components.nothing("No report has been synced yet.", "Import files above, or ask for them to be synced.")
        return
    columns = {
        "Report": rows["format"].map(report),
        "State": [_states(row) for row in rows.to_dict("records")],
        "Data through": rows["data_through"],
        **_account(view, rows),
        "Last synced": rows["last_synced_at"],
        "Next expected": rows["next_expected_on"],
        "Holes": [", ".join(holes) for holes in rows["holes"]],
        "Files": rows["files"],
        "Rows": rows["rows"],
        "Rows refused": rows["rows_refused"],
    }
    table(
        without_empty(pd.DataFrame(columns), "Holes"),
        alt="Reports that were synced, and how fresh they are",
        key="sync_reports",
        column_config={
            "State": st.column_config.MultiselectColumn(
                "State", options=list(_STATES), color=_COLOURS, help="What is not as it should be; worst first."
            ),
            "Data through": date_column("Data through", "The last day that the report's rows are about."),
            "Last synced": moment("Last synced"),
            "Next expected": date_column(
                "Next expected", "By the report's own rhythm: the median distance of its past syncs. A dash: none yet."
            ),
            "Holes": st.column_config.TextColumn(
                "Holes",
                width="medium",
                help="Days without a row between the data of two files: more than a week of what happens every day, and"
                " of what happens now and then more than its own rhythm explains.",
            ),
            **{name: count_column(name) for name in ("Files", "Rows", "Rows refused")},
        },
    )
    pager.show(rows, ORDERS["reports"], "report")


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


def refused_rows(view: View) -> None:
    """Show the rows that could not be read, with why, and their download; nothing where there are none."""
    pager = components.Pager("sync_issues", view.scope.account_ids, by_number=not view.has_many_accounts)
    rows = answers.refused_rows(view.scope, view.as_of, pager.position)
    if rows.empty:
        return
    st.header("Refused rows", anchor=False)
    columns = {
        "File": rows["file"],
        "Line": rows["line"],
        "Column": rows["column_name"],
        "Value": rows["value"],
        "Reason": rows["reason"],
        **_account(view, rows),
        "Report": rows["report"].map(report),
        "Taken": rows["taken_at"],
    }
    config = {"Reason": st.column_config.TextColumn(width="medium"), "Taken": moment("Taken")}
    table(pd.DataFrame(columns), alt="Rows that were refused", key="sync_issues", column_config=config)
    pager.show(rows, ORDERS["issues"], "refused row")
    downloads(
        view, "refused_rows", all_issues, {"Rows": "Refused"}, rows=int(rows["total_rows"].iloc[0]), key="sync_issues"
    )


def refused_files(view: View) -> None:
    """Show the files that were refused whole, with the message; nothing where there are none."""
    pager = components.Pager("sync_refused", view.scope.account_ids, by_number=not view.has_many_accounts)
    rows = answers.refused_files(view.scope, view.as_of, pager.position)
    if rows.empty:
        return
    st.header("Refused files", anchor=False)
    columns = {
        "File": rows["file"],
        "Message": rows["message"],
        **_account(view, rows),
        "Report": rows["report"].map(report),
        "Refused": rows["refused_at"],
    }
    config = {"Message": st.column_config.TextColumn(width="large"), "Refused": moment("Refused")}
    table(pd.DataFrame(columns), alt="Files that were refused", key="sync_refused", column_config=config)
    pager.show(rows, ORDERS["files"], "refused file")


def unknown_words(view: View) -> None:
    """Show the words of reports that no list knows, with what stands under them; nothing where there are none."""
    pager = components.Pager("sync_words", view.scope.account_ids, by_number=not view.has_many_accounts)
    rows = answers.unknown_words(view.scope, view.as_of, pager.position)
    if rows.empty:
        return
    st.header("Unknown words", anchor=False)
    st.caption("No list of Recoup knows what they mean: what stands under them is kept, and judged by no rule.")
    columns = {
        "Report": rows["report"].map(report),
        "Column": rows["column_name"].str.replace("_", " "),
        "Word": rows["word"],
        "Rows": rows["rows"],
        "Units": rows["units"],
        "Amount": [_amount(row) for row in rows.to_dict("records")],
        "First": rows["first_on"],
        "Last": rows["last_on"],
        **_account(view, rows),
    }
    config = {
        "Rows": count_column("Rows"),
        "Units": count_column("Units"),
        "First": date_column("First", "The first day on which it stands."),
        "Last": date_column("Last", "The last day on which it stands."),
    }
    table(pd.DataFrame(columns), alt="Words that no list knows", key="sync_words", column_config=config)
    pager.show(rows, ORDERS["words"], "unknown word")
    downloads(
        view,
        "unknown_words",
        all_unknown_words,
        {"Words": "Unknown"},
        rows=int(rows["total_rows"].iloc[0]),
        key="sync_words",
    )


def _amount(row: dict[Any, Any]) -> str:
    return money.formatted(row["amount"], row["currency"]) if row["currency"] else ""


def missing_in_words(view: View) -> str:
    """The reports that are needed and were never synced as a Markdown list, with what each is for."""
    codes = answers.missing_reports(view.scope, view.as_of)["format"]
    return "\n".join(f"- **{REPORTS[code].label}**: {REPORTS[code].what_for}" for code in codes)


def moment(name: str) -> Any:
    """The column of instants: in the browser's time zone, or in UTC where that is not known, and saying so."""
    zone = st.context.timezone or "UTC"
    return st.column_config.DatetimeColumn(
        name, format=f"{form.current().day}, HH:mm", timezone=zone, help=f"In {plain(zone)}."
    )


def _states(row: dict[Any, Any]) -> list[str]:
    has = (bool(row["holes"]), row["is_stale"], row["is_overdue"], row["rows_refused"] > 0)
    return [state for state, is_so in zip(_STATES, has, strict=False) if is_so] or [_STATES[-1]]


def _whose(row: dict[Any, Any]) -> str:
    more = row["accounts"] - len(row["names"])
    return ", ".join(row["names"]) + (f" and {count(more, 'other')}" if more else "")


def _account(view: View, rows: pd.DataFrame) -> dict[str, Any]:
    return {"Account": rows["account"]} if view.has_many_accounts else {}
