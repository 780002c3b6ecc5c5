"""The parts of an item's own page."""

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
from core.ui.shell import errors, links
from core.ui.shell.view import View
from core.ui.text.words import amount, category, confidence, count, day, plain, report
from core.vocabulary import STAGES, TOTALS, Total

_ROLES = {
    "event": "The event",
    "reduced": "What left less of it",
    "found": "Found again",
    "paid": "Paid",
    "reversed": "Taken back",
    "case": "In the case file",
    "value": "Where the value comes from",
    "underpaid": "Paid below your cost",
}
_SIDE_BY_SIDE = 4


def wanted(view: View) -> "pd.Series[Any]":
    """The item that the address names. One that is not there and one that is not the visitor's get the same answer."""
    item_id = _uuid(st.query_params.get("item", ""))
    found = answers.item(view.scope, view.as_of, item_id) if item_id else pd.DataFrame()
    if found.empty:
        _not_there()
    return found.iloc[0]


def name_of(item: "pd.Series[Any]") -> ItemName:
    """Which item it is, for what else is asked of it."""
    return ItemName(item["account_id"], item["item_id"])


def _uuid(written: str) -> str | None:
    try:
        return str(UUID(written))
    except ValueError:
        return None


def _not_there() -> NoReturn:
    errors.stop("There is no such item, or it is not yours. The lists lead to those that are.", icon=":material/block:")


def head(item: "pd.Series[Any]", stages: pd.DataFrame) -> None:
    """What happened, where its units stand, how much it is and how long it can be claimed."""
    st.markdown(f"## {story.sentence(item)}")
    with st.container(horizontal=True):
        st.badge(category(item["category"]), icon=":material/label:", color="gray")
        for code, stage in STAGES.items():
            for _, row in stages[stages["stage"] == code].iterrows():
                label = f"{stage.label}: {count(int(row['units']), 'unit')}"
                st.badge(label, icon=f":material/{ICONS[stage.total]}:", color=_colour(stage.total), help=stage.meaning)
        if item["units_in_kind"]:
            st.badge(f"Settled in kind: {count(int(item['units_in_kind']), 'unit')}", icon=":material/inventory_2:")
    if item["review_reason"]:
        st.warning(f"**Look first.** {plain(item['review_reason'])}", icon=":material/visibility:")
    tiles = st.columns(4)
    for column, total in zip(tiles, Total, strict=False):
        codes = {code for code, stage in STAGES.items() if stage.total is total}
        own = stages[stages["stage"].isin(codes)]
        known = [money for money in own["amount"] if money is not None]
        shown = amount(sum(known), item["currency"]) if known else "–"
        column.metric(TOTALS[total].label, shown, help=TOTALS[total].meaning, border=True)
    tiles[3].metric(
        "Expires in", _expires(item), help="Until the claim window closes; on day 0 it is open.", border=True
    )


def _colour(total: Total) -> Any:
    return COLOURS[total]


def _expires(item: "pd.Series[Any]") -> str:
    if item["days_left"] is not None:
        return count(int(item["days_left"]), "day")
    return "never" if item["deadline_on"] is None else "–"


def timeline_and_sum(
    view: View, item: "pd.Series[Any]", stages: pd.DataFrame, proof: pd.DataFrame, cases: pd.DataFrame
) -> None:
    """The timeline beside the sum and the rule."""
    left, right = st.columns([2, 3])
    with left, st.container(border=True, height="stretch"):
        st.header("Timeline", anchor=False)
        steps = story.timeline(item, proof, cases)
        st.markdown("  \n".join(f":gray[:material/{step.icon}:] {day(step.on)} · {step.text}" for step in steps) or "–")
        for _, case in cases.iterrows():
            _case_link(view, item, case["marketplace"], case["case_id"])
        if cases.empty and item["case_id"]:
            _case_link(view, item, item["marketplace"], item["case_id"])
    with right:
        with st.container(border=True):
            st.header("How many and how much", anchor=False)
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
    dates = f"From **{day(item['opens_on'])}** until **{day(item['deadline_on'])}**"
    sure = f"{confidence(item['window_confidence'])}, checked on {day(item['checked_on'])}"
    source = str(item["source"] or "")
    st.markdown(f"{dates} · {sure}")
    # a link by itself: within a text only its colour would tell it apart
    st.markdown(f"[Source of the rule]({source})" if source.startswith("https://") else plain(source))
    st.caption(" · ".join(plain(str(each)) for each in (item["window_rule"], item["window_note"]) if each))


def evidence(view: View, item: "pd.Series[Any]", proof: pd.DataFrame) -> None:
    """The report rows as they came, by what they are to the item, and all of them as a file."""
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
            help="The rows below as a CSV file. Each download is recorded.",
        )
    downloads.tell(download.attempts)
    if proof.empty:
        components.nothing("No report row is kept for this item.")
    for role in [*ROLES, *sorted(set(proof["role"]) - set(ROLES))]:
        for (file, form), rows in proof[proof["role"] == role].groupby(["file", "format"], sort=False):
            st.markdown(f"**{_ROLES.get(role, role)}** · :gray[{plain(str(file))} · {plain(report(str(form)))}]")
            shown = _as_they_came(rows)
            # a report's column may be called as one of ours, and its values are texts all the same
            as_text: dict[Any, Any] = {name: st.column_config.TextColumn() for name in shown.columns}
            table(shown, alt=f"Report rows: {_ROLES.get(role, role)}, {file}", column_config=as_text)


def _as_they_came(rows: pd.DataFrame) -> pd.DataFrame:
    """A line of the table for each row; a few rows stand side by side instead, a line for each column of the file."""
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
