"""Handlers that open a list row's target page, by the codes that the lists declare."""

from collections.abc import Callable, Mapping
from typing import Any

from core.ui.cache import answers
from core.ui.shell import links
from core.ui.shell.view import View

Row = Mapping[Any, Any]


def _item(view: View, row: Row) -> None:
    links.go("Item", links.to_item(view, row["account_id"], row["item_id"]))


def _case(view: View, row: Row) -> None:
    links.go("Case", links.to_case(view, row["account_id"], row["marketplace"], row["case_id"]))


def _case_search(view: View, row: Row) -> None:
    if row["case_id"]:
        links.go("Case Tracker", {"account": view.codes[row["account_id"]], "cases_id": row["case_id"]})


def _cases_of_goods(view: View, row: Row) -> None:
    goods = row["sku"] or row["fnsku"] or row["order_or_shipment"]
    links.go("Case Tracker", {"account": view.codes[row["account_id"]], "cases_goods": str(goods)})


def _settled(view: View, row: Row) -> None:
    """Open the item that a payment settled, or the list of items if there are several."""
    items = answers.payment_items(view.scope, view.as_of, row["account_id"], row["row_id"])
    if len(items) == 1:
        links.go("Item", links.to_item(view, row["account_id"], items[0]))
    if items:
        reimbursement = row.get("reimbursement_id", row.get("document"))
        _items_of(view, row, str(reimbursement))


def _surplus(view: View, row: Row) -> None:
    """Open the case that claims too much, the item of a payment, or the items of the same goods."""
    if row["kind"] == "cases":
        _case(view, row)
    if row["kind"] == "payments":
        paid = answers.payment_items(view.scope, view.as_of, row["account_id"], row["name"])
        if len(paid) == 1:
            links.go("Item", links.to_item(view, row["account_id"], paid[0]))
    _items_of(view, row, str(row["fnsku"] or row["sku"] or row["order_id"] or row["shipment_id"]))


def _items_of(view: View, row: Row, search: str) -> None:
    links.go("Items", {"account": view.codes[row["account_id"]], "items_search": search})


LEADS: dict[str, Callable[[View, Row], None]] = {
    "item": _item,
    "case": _case,
    "case_search": _case_search,
    "cases_of_goods": _cases_of_goods,
    "settled": _settled,
    "surplus": _surplus,
}
