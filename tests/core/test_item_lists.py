"""A list of items, leafed through: every row once, in its order, however the pages are turned."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pandas as pd
import pytest
from sqlalchemy import Connection, text

from core import lists
from core.database.rollups.totals import refresh_rollups
from core.queries.columns import reversed_order
from core.queries.item_filter import RUNNING, ItemFilter
from core.queries.items import ORDERS
from core.queries.marketplace import categories
from core.queries.paging import PAGE_SIZE, Position
from core.reporting.rollups import EVERY_ACCOUNT
from core.vocabulary import STAGES
from tests.conftest import Filled, Server, filled
from tests.core.reports import Reports

TODAY = date(2026, 7, 20)
EVERYTHING = tuple(STAGES)
ROWS = 350
ITEM = """
    insert into item (
        account_id, item_id, origin, channel, marketplace, category, event_on, opens_on, deadline_on, sku, fnsku, asin,
        gtin, order_id, shipment_id, currency, unit_value, value_basis, units, units_open, units_doubtful,
        units_in_case, units_denied, units_claimed, units_reversed, units_in_kind, claimed, reversed, detected, note
    )
    values (
        :account_id, :item_id, 'event', 'amazon', :marketplace, 'inventory_lost', :event_on, :opens_on, :deadline_on,
        :sku, '', '', '', '', '', 'USD', :value, 'sourcing_cost', 3, :open, :doubtful, 0, 0, 3 - :open, 0, 0,
        :claimed, 0, 0, ''
    )
"""


def _accounts(connection: Connection) -> list[int]:
    """Two accounts in three time zones with items of every kind, many alike: same day, same amount, no deadline."""
    connection.execute(text("select set_config('recoup.today', :today, true)"), {"today": TODAY.isoformat()})
    ids = [Reports(connection, code).account_id for code in ("ACME", "OTHER")]
    drawn = Random(7)  # noqa: S311 - the same items every time
    for number in range(ROWS):
        event_on = TODAY - timedelta(days=drawn.choice((3, 10, 40, 40, 70, 90)))
        units_open = drawn.choice((0, 2, 3, 3))
        connection.execute(
            text(ITEM),
            {
                "account_id": drawn.choice(ids),
                "item_id": UUID(int=drawn.getrandbits(128)),
                "marketplace": drawn.choice(("AMAZON_US", "AMAZON_DE", "AMAZON_JP")),
                "event_on": drawn.choice((event_on, event_on, event_on, None)),
                "opens_on": drawn.choice((event_on, event_on + timedelta(days=30), None)),
                "deadline_on": drawn.choice(
                    (*(event_on + timedelta(days=window) for window in (30, 60, 60, 75)), None)
                ),
                "sku": f"SKU-{number}",
                "value": drawn.choice((None, Decimal("1.10"), Decimal("7.20"), Decimal("7.20"))),
                "open": units_open,
                "doubtful": drawn.choice((0, 0, 1, units_open)) if units_open else 0,
                "claimed": Decimal(0) if units_open == 3 else Decimal("4.40"),
            },
        )
    refresh_rollups(connection, ids)
    return ids


@pytest.fixture(scope="module")
def with_accounts(server: Server, migrated: str) -> Iterator[Filled[list[int]]]:
    """A database with the accounts, made once."""
    with filled(server, migrated, _accounts) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_accounts: Filled[list[int]]) -> str:
    """Every test here begins with the accounts."""
    return with_accounts.name


@pytest.fixture
def accounts(connection: Connection, with_accounts: Filled[list[int]]) -> list[int]:
    """Two accounts in three time zones with items of every kind, many alike: same day, same amount, no deadline."""
    connection.execute(text("select set_config('recoup.today', :today, true)"), {"today": TODAY.isoformat()})
    return with_accounts.told


def items(
    connection: Connection, accounts: Sequence[int], wanted: ItemFilter, order: str, position: Position
) -> pd.DataFrame:
    return lists.page(connection, accounts, "items", wanted, order, position)


def names(rows: Sequence[Mapping[Any, Any]]) -> list[tuple[object, ...]]:
    return [(row["account_id"], row["item_id"], row["stage"]) for row in rows]


def whole(connection: Connection, accounts: list[int], wanted: ItemFilter, order: str) -> list[tuple[object, ...]]:
    table = lists.table(accounts, "items", wanted, order)
    return names([dict(row) for row in connection.execute(table.query, dict(table.values)).mappings()])


@pytest.mark.parametrize("stages", [EVERYTHING, RUNNING, ("ready",), ("expired",), ("claimed",)])
@pytest.mark.parametrize("order", ORDERS)
def test_next_and_next_shows_every_row_once_in_its_order(
    connection: Connection, accounts: list[int], order: str, stages: tuple[str, ...]
) -> None:
    wanted = ItemFilter(None, stages)
    position, seen = Position(), list[tuple[object, ...]]()
    while True:
        page = items(connection, accounts, wanted, order, position)
        seen += names(page.to_dict("records"))
        if len(page) < PAGE_SIZE:
            break
        position = Position(after=tuple(page[name].iloc[-1] for name in ORDERS[order]))
    assert seen == whole(connection, accounts, wanted, order)
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("order", ORDERS)
def test_by_number_too_in_both_directions(
    connection: Connection, accounts: list[int], order: str, is_reversed: bool
) -> None:
    asked = reversed_order(order) if is_reversed else order
    wanted, own = ItemFilter(None, EVERYTHING), accounts[:1]
    pages = [items(connection, own, wanted, asked, Position(skip=skip)) for skip in range(0, ROWS * 2, PAGE_SIZE)]
    seen = [name for page in pages for name in names(page.to_dict("records"))]
    assert seen == whole(connection, own, wanted, asked)
    assert int(categories(connection, own, wanted)["items"].sum()) == len(seen)


def test_no_deadline_runs_for_what_is_in_a_case(connection: Connection, accounts: list[int]) -> None:
    of_a_case = "units_in_case = 1, units_claimed = 0, claimed = 0, deadline_on = '2026-07-21'"
    connection.execute(text(f"update item set {of_a_case} where units_open = 2"))
    wanted = ItemFilter(None, (*RUNNING, "in_case"))
    for asked in (accounts[:1], accounts):
        assert set(items(connection, asked, wanted, "soonest", Position())["stage"]) <= set(RUNNING)
        ranks = [stage == "in_case" for _, _, stage in whole(connection, asked, wanted, "soonest")]
        assert any(ranks)
        assert not any(ranks[: ranks.count(False) - ROWS // 5])


def test_what_has_no_value_is_a_list_and_its_sum(connection: Connection, accounts: list[int]) -> None:
    for asked in (accounts[:1], accounts, [EVERY_ACCOUNT]):
        wanted = ItemFilter(None, EVERYTHING, without_value=True)
        listed = items(connection, asked, wanted, "newest", Position())
        assert len(listed)
        assert set(listed["amount"]) == {None}
        above = categories(connection, asked, ItemFilter(None, EVERYTHING))
        assert int(above["items_without_value"].sum()) == int(categories(connection, asked, wanted)["items"].sum())


def test_every_account_is_the_same_list_as_all_of_their_names(connection: Connection, accounts: list[int]) -> None:
    for search in ("", "sku-1"):
        wanted = ItemFilter(None, EVERYTHING, search=search)
        of_all = items(connection, [EVERY_ACCOUNT], wanted, "soonest", Position())
        assert names(of_all.to_dict("records")) == names(
            items(connection, accounts, wanted, "soonest", Position()).to_dict("records")
        )
        total = int(categories(connection, [EVERY_ACCOUNT], wanted)["items"].sum())
        assert total == len(whole(connection, accounts, wanted, "soonest"))
