"""Parts of an item's page."""

from typing import Any, NoReturn
from uuid import UUID

import pandas as pd
import streamlit as st

from core.queries.item import ROLES, ItemName, all_proof
from core.ui import components
from core.ui.cache import answers
from core.ui.components import downloads
from core.ui.components.money_tiles import COLOURS, ICONS
from core.ui.components.table import table
from core.ui.item import story
from core.ui.lists import neighbours
from core.ui.shell import errors, links
from core.ui.shell.view import View
from core.ui.text.words import amount, confidence, count, day, plain, report
from core.vocabulary import STAGES, Total

_ROLES = {
    "event": "The event",
    "reduced": "What left less of it",
    "found": "Found again",
    "paid": "Paid",
    "reversed": "Taken back",
    "case": "In the case file",
    "value": "Where the value comes from",
    "underpaid": "Shortfall: paid below the unit cost",
}
_SIDE_BY_SIDE = 4


def wanted(view: View) -> "pd.Series[Any]":
    """The item in the URL. A missing item and one that the visitor has no access to show the same message."""
    item_id = _uuid(st.query_params.get("item", ""))
    found = answers.item(view.scope, view.as_of, item_id) if item_id else pd.DataFrame()
    if found.empty:
        _not_there()
    return found.iloc[0]


def name_of(item: "pd.Series[Any]") -> ItemName:
    """The item's key for further queries."""
    return ItemName(item["account_id"], item["item_id"])


def _uuid(written: str) -> str | None:
    try:
        return str(UUID(written))
    except ValueError:
        return None


def _not_there() -> NoReturn:
    errors.not_found("Item not found, or you don't have access.", "Items", "Back to items")


def head(view: View, item: "pd.Series[Any]", stages: pd.DataFrame, proof: pd.DataFrame, cases: pd.DataFrame) -> None:
    """Show the item's last day, its units and amount per stage, what happened, and the next steps."""
    view.retitle(story.title(item, stages))
    neighbours.show(view, "item", vars(name_of(item)), home="Items")
    with st.container(horizontal=True, vertical_alignment="center"):
        if last_day := story.last_day(item):
            st.markdown(f":material/alarm: Last day: {last_day}", width="content")
        for code, stage in STAGES.items():
            for _, row in stages[stages["stage"] == code].iterrows():
                units = count(int(row["units"]), "unit")
                money = "" if row["amount"] is None else f" · {amount(row['amount'], item['currency'])}"
                label = f"{stage.label}: {units}{money}"
                st.badge(label, icon=f":material/{ICONS[stage.total]}:", color=_colour(stage.total), help=stage.meaning)
        if item["units_in_kind"]:
            st.badge(f"Settled in kind: {count(int(item['units_in_kind']), 'unit')}", icon=":material/inventory_2:")
    st.markdown(story.sentence(item))
    if product := story.product(proof):
        st.caption(plain(product))
    if item["review_reason"]:
        st.warning(f"**In Review.** {plain(item['review_reason'])}", icon=":material/visibility:")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("  \n".join(story.next_steps(item, stages, cases)) or "Nothing is left to do about it.")
        if "ready" in set(stages["stage"]):
            components.how_to_claim(item["marketplace"], key="item_how_to_claim")


def _colour(total: Total) -> Any:
    return COLOURS[total]


def timeline_and_sum(
    view: View, item: "pd.Series[Any]", stages: pd.DataFrame, proof: pd.DataFrame, cases: pd.DataFrame
) -> None:
    """Show the timeline beside the calculation and the rule."""
    left, right = st.columns([2, 3])
    with left, st.container(border=True, height="stretch", gap="xsmall"):
        st.header("Timeline", anchor=False)
        steps = story.timeline(item, proof, cases)
        for step in steps:
            st.markdown(f":gray[:material/{step.icon}:] {day(step.on)} · {step.text}", help=step.help or None)
        if not steps:
            st.markdown("No date of it is known.")
        for _, case in cases.iterrows():
            _case_link(view, item, case["marketplace"], case["case_id"])
        if cases.empty and item["case_id"]:
            _case_link(view, item, item["marketplace"], item["case_id"])
    with right:
        with st.container(border=True):
            st.header("Calculation", anchor=False)
            st.markdown("  \n".join(story.sums(item, stages, proof)) or "Nothing is left, and nothing was paid.")
        with st.container(border=True):
            _rule(item)


def _case_link(view: View, item: "pd.Series[Any]", marketplace: str, case_id: str) -> None:
    query = links.to_case(view, item["account_id"], marketplace, case_id)
    st.page_link(
        links.file_of("Case"),
        label=f"Case {plain(case_id)}",
        icon=":material/folder_open:",
        query_params=dict(query),
    )


def _rule(item: "pd.Series[Any]") -> None:
    st.header("The rule", anchor=False)
    st.markdown(story.rule(item))
    if not item["window_rule"]:
        return
    dates = f"From **{day(item['opens_on'])}** through **{day(item['deadline_on'])}**"
    sure = f"{confidence(item['window_confidence'])}, checked on {day(item['checked_on'])}"
    source = str(item["source"] or "")
    st.markdown(f"{dates} · {sure}")
    # the link is a line of its own: within a text only its colour would mark it
    st.markdown(f"[Source of the rule]({source})" if source.startswith("https://") else plain(source))
    st.caption(" · ".join(plain(str(each)) for each in (item["window_rule"], item["window_note"]) if each))


def evidence(view: View, item: "pd.Series[Any]", proof: pd.DataFrame) -> None:
    """Show the original report rows, grouped by their role for the item, and a button to export them."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header("Evidence: the report's own rows", anchor=False)
        name = name_of(item)
        about = {"Item": item["item_id"]}
        download = downloads.single(
            view, "evidence", lambda account_ids: all_proof(account_ids, name), about, key=f"item {item['item_id']}"
        )
        downloads.button(
            "Export the evidence",
            download,
            "csv",
            f"evidence_{item['item_id']}.csv",
            key="item_evidence_csv",
            icon=":material/download:",
            disabled=proof.empty,
            help="All fields of the rows below, as a CSV file. Downloads are logged.",
        )
    downloads.tell(download.attempts)
    if proof.empty:
        components.nothing("No report row is stored for this item.")
        return
    tables = [
        (role, str(file), str(form), _as_they_came(rows))
        for role in [*ROLES, *sorted(set(proof["role"]) - set(ROLES))]
        for (file, form), rows in proof[proof["role"] == role].groupby(["file", "format"], sort=False)
    ]
    empty = sum(_is_empty(shown).sum() for *_, shown in tables)
    with_empty = bool(empty) and st.toggle(f"Show {count(int(empty), 'empty field')}", key="item_empty_fields")
    for role, file, form, shown in tables:
        st.markdown(f"**{_ROLES.get(role, role)}** · :gray[{plain(file)} · {plain(report(form))}]")
        if not with_empty:
            shown = shown[~_is_empty(shown)]
        # a report's column may have the name of one of our columns, but its values are always text
        as_text: dict[Any, Any] = {name: st.column_config.TextColumn() for name in shown.columns}
        table(shown, alt=f"Report rows: {_ROLES.get(role, role)}, {file}", column_config=as_text)


def _is_empty(shown: pd.DataFrame) -> "pd.Series[bool]":
    """For a table with a row per column of the file: which of its rows are empty in every cell."""
    if "Column" not in shown.columns:
        return pd.Series(data=False, index=shown.index)
    return (shown.drop(columns="Column") == "").all(axis=1)


def _as_they_came(rows: pd.DataFrame) -> pd.DataFrame:
    """The report rows as a table. A few rows are transposed: one column per report row, one row per file column."""
    told = pd.DataFrame(
        [
            {"Line": str(row["line"])} | dict(zip(row["columns"], row["values"], strict=False))
            for _, row in rows.iterrows()
        ],
        dtype=object,
    ).fillna("")
    if len(told) > _SIDE_BY_SIDE:
        return told
    turned = told.drop(columns="Line").T
    turned.columns = [f"Line {line}" for line in told["Line"]]
    return turned.rename_axis("Column").reset_index()
