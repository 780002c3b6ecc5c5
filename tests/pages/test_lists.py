"""Lists of items: sorted by any column within one account, with the columns that are wanted, searched by any id."""

import pytest
from sqlalchemy import Connection

from core import lists
from core.queries.columns import reversed_order
from core.queries.item_filter import ItemFilter
from core.queries.paging import Position
from tests.conftest import Database
from tests.pages.conftest import Open
from tests.pages.seen import listed, texts

EVERYTHING = ItemFilter(None, ("ready", "future", "review", "in_case", "claimed", "expired"))


def skus(connection: Connection, account_id: int, order: str) -> list[str]:
    rows = lists.page(connection, [account_id], "items", EVERYTHING, order, Position())
    return list(rows["sku"])


@pytest.mark.parametrize("order", lists.LISTS["items"].sorts(by_columns=True))
def test_every_order_has_every_row_and_can_be_reversed(
    database: Database, small_world: dict[str, int], order: str
) -> None:
    with database.owner.connect() as connection:
        forward = skus(connection, small_world["ALPINE"], order)
        backward = skus(connection, small_world["ALPINE"], reversed_order(order))
    assert len(forward) == 8
    assert sorted(forward) == sorted(backward)


def test_by_a_column_what_is_not_known_comes_last_either_way(database: Database, small_world: dict[str, int]) -> None:
    with database.owner.connect() as connection:
        forward = [sku for sku in skus(connection, small_world["ALPINE"], "sku") if sku]
        both = [skus(connection, small_world["ALPINE"], order) for order in ("sku", reversed_order("sku"))]
    assert forward == sorted(forward)
    assert [each[-1] for each in both] == ["", ""]
    assert both[1][: len(forward)] == forward[::-1]


def test_an_order_that_is_none_is_refused(database: Database) -> None:
    with database.owner.connect() as connection, pytest.raises(ValueError, match="no order of this list"):
        lists.page(connection, [1], "items", EVERYTHING, "sku; drop table item", Position())


def test_any_column_sorts_within_one_account_and_the_address_keeps_it(visit: Open) -> None:
    app = visit("pages/amazon.py", "alpine@example.com", amazon_sort="SKU", amazon_reversed="true")
    assert list(listed(app, "Value from")["SKU"]) == ["ALPINE-UNVALUED", "ALPINE-1"]
    many = visit("pages/amazon.py", "manager@example.com", amazon_sort="SKU")
    assert list(listed(many, "Value from")["SKU"]) == ["ALPINE-1", "BETULA-1", "ALPINE-UNVALUED"]  # the soonest


def test_columns_can_be_left_out(visit: Open) -> None:
    app = visit("pages/amazon.py", "alpine@example.com", amazon_without=["Unit value", "Event", "forged"])
    columns = set(listed(app, "Value from").columns)
    assert {"SKU", "Amount"} <= columns
    assert not {"Unit value", "Event"} & columns


@pytest.mark.parametrize("page", ["pages/amazon.py", "pages/items.py", "pages/expiring.py"])
def test_an_id_finds_its_item_whatever_else_is_chosen(visit: Open, page: str) -> None:
    key = page.removeprefix("pages/").removesuffix(".py")
    narrow = {f"{key}_category": "Return lost", f"{key}_marketplace": "Amazon Germany", f"{key}_expires": "7 days"}
    app = visit(page, "manager@example.com", **{f"{key}_search": "ALPINE-EXP"}, **narrow)
    assert not app.exception
    assert "A search by an id ignores every other choice" in texts(app)
    assert list(listed(app, "Value from")["SKU"]) == ["ALPINE-EXPIRED"]
    assert list(listed(app, "Value from")["Stage"]) == ["Expired"]


def test_the_sum_of_a_list_stands_in_its_title_in_each_currency(visit: Open) -> None:
    app = visit("pages/items.py", "manager@example.com", items_holding="Ready to claim")
    assert r": \$40\.29, €13\.32, 4 items" in texts(app)
    assert "9 units · 1 with no value yet" in texts(app)


@pytest.mark.parametrize(
    ("code", "by_columns", "order"),
    [("days_left", False, "soonest"), ("amount", True, "largest"), ("sku", True, "sku"), ("sku", False, "")],
)
def test_a_click_on_the_head_of_a_column_sorts_the_whole_list(code: str, *, by_columns: bool, order: str) -> None:
    assert lists.LISTS["items"].order_by(code, by_columns=by_columns) == order
