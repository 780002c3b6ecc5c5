"""Follow-ups: five lists of what is to be looked into beside the claims, each with what to do about it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.queries.follow_ups import ORDERS, FollowUpFilter, all_rows
from core.text import searched
from core.ui import components
from core.ui.cache import answers
from core.ui.components.downloads import downloads
from core.ui.payments import page
from core.ui.shell import links
from core.ui.shell.view import View
from core.ui.text.words import amount, count
from core.ui.text.words import category as category_label
from core.ui.text.words import marketplace as marketplace_label
from core.vocabulary import SURPLUS_KINDS

_SORTS = {"What comes first": "first", "Largest": "largest"}
_OPEN, _SEARCH = "Open", "Search"

Columns = dict[str, object]


@dataclass(frozen=True)
class FollowUp:
    """One list: its words, what to do about its rows (Markdown), its columns, and where a row of it leads."""

    name: str
    label: str
    what_to_do: str
    none: str
    noun: str
    columns: Callable[[pd.DataFrame], Columns]
    opens: Callable[[View, "pd.Series[Any]"], None] | None = None
    button: str = _OPEN


def show(view: View) -> None:
    """Show the chosen list: what to do, its sum, its rows, its download."""
    chosen, wanted, order = _choices()
    st.markdown(chosen.what_to_do)
    pager = components.Pager(
        f"follow_ups_{chosen.name}",
        (view.scope.account_ids, chosen.name, wanted, order),
        by_number=not view.has_many_accounts,
    )
    asked = view.scope, view.as_of, chosen.name, wanted
    sums = answers.follow_up_sums(*asked)
    rows = answers.follow_ups(*asked, order, pager.position).assign(total_rows=int(sums["rows"].sum()))
    if rows.empty:
        components.nothing("Nothing begins with this." if wanted.search else chosen.none)
        return
    st.markdown(_sum_line(sums, chosen.noun))
    picked = components.follow_up_table(
        chosen.columns(rows),
        button=chosen.button if chosen.opens else "",
        named=_named(view, rows),
        currency=_only_currency(sums),
        currencies=list(rows["currency"]),
        alt=chosen.label,
        key=f"follow_ups_{chosen.name}",
    )
    if picked is not None and chosen.opens:
        chosen.opens(view, rows.iloc[picked])
    pager.show(rows, ORDERS[order], chosen.noun)
    downloads(
        view,
        chosen.name,
        lambda account_ids: all_rows(account_ids, chosen.name, wanted, order),
        {"Follow-up": chosen.label, "Search": wanted.search},
        rows=int(rows["total_rows"].iloc[0]),
        key=f"follow_ups_{chosen.name}",
    )


def _choices() -> tuple[FollowUp, FollowUpFilter, str]:
    label = st.segmented_control(
        "What to follow up",
        list(FOLLOW_UPS),
        default=next(iter(FOLLOW_UPS)),
        required=True,
        key="follow_ups_list",
        bind="query-params",
        label_visibility="collapsed",
    )
    chosen = FOLLOW_UPS.get(label or "", next(iter(FOLLOW_UPS.values())))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Search",
            key="follow_ups_search",
            bind="query-params",
            type="search",
            placeholder="SKU, order, reimbursement …",
            help="By what an id of the row begins with.",
            width=260,
        )
        sort = components.one_of("Sort by", list(_SORTS), key="follow_ups_sort", width=180)
        with_passed = chosen.name == "underpaid" and st.toggle(
            "Those whose time has passed as well", key="follow_ups_passed", bind="query-params"
        )
    return chosen, FollowUpFilter(searched(search), bool(with_passed)), _SORTS[sort]


def _named(view: View, rows: pd.DataFrame) -> Columns:
    """What a row's place is, where not all rows share it."""
    columns: Columns = {"Account": rows["account"]} if view.has_many_accounts else {}
    if len(view.marketplaces) > 1:
        columns["Marketplace"] = rows["marketplace"].map(marketplace_label)
    return columns


def _sum_line(sums: pd.DataFrame, noun: str) -> str:
    """What the list adds up to, a line for each currency and one for what has no amount (Markdown)."""
    lines = []
    for row in sorted(sums.to_dict("records"), key=lambda row: not row["currency"]):
        rows, money = count(int(row["rows"]), noun), row["currency"] and amount(row["amount"], row["currency"])
        lines.append(f"**{money}** · {rows}" if money else f"{rows} without an amount")
    return "  \n".join(lines)


def _only_currency(sums: pd.DataFrame) -> str | None:
    """The currency of all amounts; None where they are of several."""
    currencies = [currency for currency in sums["currency"] if currency] or [""]
    return currencies[0] if len(currencies) == 1 else None


def _underpaid(rows: pd.DataFrame) -> Columns:
    return {
        "Days left": rows["days_left"],
        "Short of your cost": rows["amount"],
        "Paid": rows["paid"],
        "Your cost of a unit": rows["sourcing_cost"],
        "Units": rows["units"],
        "Category": rows["category"].map(category_label),
        "SKU": rows["sku"],
        "FNSKU": rows["fnsku"],
        "Order": rows["order_id"],
        "Paid on": rows["paid_on"],
        "Ask until": rows["re_evaluation_until"],
    }


def _cash(rows: pd.DataFrame, on: str, document: str) -> Columns:
    return {
        on: rows["moved_on"],
        "Amount": rows["amount"],
        "Reason": rows["reason"],
        document: rows["document"],
        "SKU": rows["sku"],
        "Order": rows["order_id"],
        "File": rows["file"],
        "Line": [str(line) for line in rows["line"]],
    }


def _withdrawn(rows: pd.DataFrame) -> Columns:
    return {
        "Withdrawn": [at.date() for at in rows["withdrawn_at"]],
        "Was detected": rows["amount"],
        "Why": rows["reason"],
        "Units": rows["units"],
        "Category": rows["category"].map(category_label),
        "SKU": rows["sku"],
        "FNSKU": rows["fnsku"],
        "Order or shipment": rows["order_or_shipment"],
        "Event": rows["event_on"],
    }


def _surpluses(rows: pd.DataFrame) -> Columns:
    return {
        "What is over": [SURPLUS_KINDS[kind].label for kind in rows["kind"]],
        "Units over": [units or None for units in rows["units"]],
        "Amount": rows["amount"],
        "Happened": rows["happened_on"],
        "Units in Review": rows["units_matched"],
        "SKU": rows["sku"],
        "FNSKU": rows["fnsku"],
        "Order, shipment or case": [_reference(row) for row in rows.to_dict("records")],
    }


def _reference(row: Mapping[Hashable, Any]) -> str:
    return str(row["order_id"] or row["shipment_id"] or row["case_id"])


def _open_item(view: View, row: "pd.Series[Any]") -> None:
    links.go("Item", links.to_item(view, row["account_id"], row["item_id"]))


def _look_for_cases(view: View, row: "pd.Series[Any]") -> None:
    goods = row["sku"] or row["fnsku"] or row["order_or_shipment"]
    links.go("Case Tracker", {"account": view.names[row["account_id"]], "cases_goods": str(goods)})


def _look_at_surplus(view: View, row: "pd.Series[Any]") -> None:
    """Go to the case that claims too much, to the item of a payment, or to the items of the same goods."""
    account_id, name = row["account_id"], row["name"]
    if row["kind"] == "cases":
        links.go("Case", links.to_case(view, account_id, row["marketplace"], row["case_id"]))
    paid = answers.payment_items(view.scope, view.as_of, account_id, name) if row["kind"] == "payments" else []
    if len(paid) == 1:
        links.go("Item", links.to_item(view, account_id, paid[0]))
    goods = row["fnsku"] or row["sku"] or row["order_id"] or row["shipment_id"]
    links.go("Items", {"account": view.names[account_id], "items_search": str(goods)})


_ALL = (
    FollowUp(
        "underpaid",
        "Paid below your cost",
        "Paid, but less than the units cost you by your own sourcing costs. **Ask to have the value evaluated again**,"
        " with an invoice, until the day that each row names. It is not counted as Unclaimed: the units are settled.",
        "Nothing was paid below your cost for which it is still time. Without sourcing costs nothing can be told.",
        "item",
        _underpaid,
        _open_item,
    ),
    FollowUp(
        "approved_not_paid",
        "Approved, not paid",
        "Amazon's reimbursements report has the row, and no settlement of the time has the money. **Ask Amazon where it"
        " is**, with the reimbursement's id. It counts as Claimed, as every row of that report does.",
        "All that Amazon approved is in the settlements that were synced, as far as they reach.",
        "row",
        lambda rows: _cash(rows, "Approved on", "Reimbursement"),
        page.open_settled,
    ),
    FollowUp(
        "paid_not_reported",
        "Paid, not reported",
        "A settlement has the money, and no row of the reimbursements report tells why. **Export the reimbursements"
        " of these days again** and import them on Data sync. Until then it counts in no total.",
        "Every reimbursement in the settlements has its row in the reimbursements report.",
        "row",
        lambda rows: _cash(rows, "Posted on", "Settlement"),
    ),
    FollowUp(
        "withdrawn",
        "Withdrawn",
        "Detected once, and gone since: a later or corrected report has its event no more. It counts in no total."
        " **Withdraw the case where one was filed**: a claim without its event endangers the account.",
        "Nothing that was detected has been withdrawn.",
        "item",
        _withdrawn,
        _look_for_cases,
        button="Cases",
    ),
    FollowUp(
        "surpluses",
        "Surplus",
        "Over somewhere, and it fits nothing: units found, received, returned or claimed beyond what was missing, and"
        " payments for no known event. Each may be for units of the same goods that are still open; as many of these"
        " are in Review. **Look up what it was for**, and sync the report that tells it.",
        "Nothing is over: all that was found, received, returned, claimed and paid fits an event.",
        "surplus",
        _surpluses,
        _look_at_surplus,
    ),
)

FOLLOW_UPS: dict[str, FollowUp] = {entry.label: entry for entry in _ALL}
"""The lists by their words."""
