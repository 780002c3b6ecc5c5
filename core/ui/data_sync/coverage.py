"""Coverage on Data sync: which reports to sync next because items wait for them, and each report's complete days."""

from typing import Any

import pandas as pd
import streamlit as st

from core.queries.coverage import ORDERS
from core.ui import components
from core.ui.cache import answers
from core.ui.components.table import table, without_empty
from core.ui.shell import links
from core.ui.shell.view import View
from core.ui.text import day_ranges
from core.ui.text.words import plain, region, report
from core.vocabulary import COVERED_FORMATS

_BUTTON = "Way"
_WIDTHS = {"Region": 170, "Whole for": 290, "Gaps": 200}
_GAP = ["account_id", "format", "region", "first_on", "last_on"]


def gaps(view: View) -> None:
    """Show the gaps that items wait for, most money first, and describe the first one. Nothing if no item waits."""
    pager = components.Pager("sync_gaps", view.scope.account_ids, by_number=not view.has_many_accounts)
    rows = answers.gaps(view.scope, view.as_of, pager.position)
    if rows.empty:
        return
    st.header("Sync next", anchor=False)
    if not pager.position.after and not pager.position.skip:
        _say(view, rows)
    currencies = sorted(set(rows["currency"]))
    columns: dict[str, Any] = {
        _BUTTON: ["Items"] * len(rows),
        "What is missing": [day_ranges.gap(row) for row in rows.to_dict("records")],
        "Worth": [row["amount"] if day_ranges.has_worth(row) else None for row in rows.to_dict("records")],
        **({"Currency": rows["currency"]} if len(currencies) > 1 else {}),
        "Items waiting": rows["items"],
        "With no value": [unknown or None for unknown in rows["items_without_value"]],
        **({"Account": rows["account"]} if view.has_many_accounts else {}),
    }
    table(
        without_empty(pd.DataFrame(columns, dtype=object), "With no value"),
        alt="Days that reports lack, with the items that wait for them",
        currency=currencies[0] if len(currencies) == 1 else None,
        key="sync_gaps",
        column_config={
            _BUTTON: st.column_config.ButtonColumn("Page", key="sync_gaps_open", width="small"),
            "What is missing": st.column_config.TextColumn(width=390),
            "Account": st.column_config.TextColumn(width=170),
        },
    )
    click = st.session_state.get("sync_gaps_open")
    if click is not None and 0 <= click.row < len(rows):
        _open_items(view, rows.iloc[click.row].to_dict())
    pager.show(rows, ORDERS["gaps"], "gap")


def reports(view: View) -> None:
    """Show each report's complete days, the evidence for them, and its gaps. Nothing if no report's days are known."""
    pager = components.Pager("sync_coverage", view.scope.account_ids, by_number=not view.has_many_accounts)
    rows = answers.report_coverage(view.scope, view.as_of, pager.position)
    if rows.empty:
        return
    st.header("Coverage", anchor=False)
    st.caption(
        "The days for which a report is known to be whole: by the rhythm of its rows, or because somebody stated it on"
        " import. What happened on other days can't be told from a report's silence, so it stays in Review."
    )
    listed = rows.to_dict("records")
    columns: dict[str, Any] = {
        "Report": rows["format"].map(report),
        "Region": [_region(row) for row in listed],
        **({"Account": rows["account"]} if view.has_many_accounts else {}),
        "Whole for": [day_ranges.whole(row) for row in listed],
        "Gaps": [day_ranges.lacking(row) or None for row in listed],
        "Items waiting": [items or None for items in rows["items"]],
    }
    table(
        without_empty(pd.DataFrame(columns, dtype=object), "Items waiting"),
        alt="Reports, and the days for which they are known to be whole",
        key="sync_coverage",
        column_config={name: st.column_config.TextColumn(name, width=wide) for name, wide in _WIDTHS.items()},
    )
    pager.show(rows, ORDERS["reports"], "report")


def _say(view: View, rows: pd.DataFrame) -> None:
    """Describe the first gap: what waits for it, in every currency."""
    first, *others = rows.to_dict("records")
    is_by_currency = COVERED_FORMATS[first["format"]].is_of_periods
    alike = [row for row in others if not is_by_currency and all(row[name] == first[name] for name in _GAP)]
    whose = f"{first['account']}: " if view.has_many_accounts else ""
    st.markdown(f"**{plain(f'{whose}{day_ranges.gap(first)}: {day_ranges.waiting([first, *alike])}.')}**")
    st.caption(
        "What happened in a gap is not known, so the items that depend on it stay in Review while their deadlines run."
        " Import the report for these days; where it was quiet, state on import for which days it is whole."
    )


def _region(row: dict[Any, Any]) -> str:
    name = region(COVERED_FORMATS[row["format"]].channel, row["region"])
    return f"{name}, {row['currency']}" if row["currency"] else name


def _open_items(view: View, row: dict[Any, Any]) -> None:
    """Open the list of items that wait for a gap."""
    query = links.to_items("review", currency=row["currency"], waits_for=day_ranges.code(row))
    links.go("Items", {**query, "account": view.codes[row["account_id"]]})
