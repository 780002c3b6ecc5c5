"""The list of payments: every row once, in its order, and above it what its rows add up to."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection

from core import lists
from core.database.rollups.totals import refresh_rollups
from core.queries.paging import PAGE_SIZE, Position
from core.queries.payments import ORDERS, PaymentFilter, present, sums
from core.reporting.rollups import EVERY_ACCOUNT
from tests.conftest import Filled, Server, filled
from tests.core.reports import Reports

LAST = date(2026, 7, 20)
ROWS = 260
AMOUNTS = ("12.50", "12.50", "-12.50", "3.00", "0")
FILTERS = [
    PaymentFilter(),
    PaymentFilter(channel="walmart"),
    PaymentFilter(marketplace="AMAZON_DE"),
    PaymentFilter(currency="USD", sign=1),
    PaymentFilter(sign=-1),
    PaymentFilter(month=date(2026, 6, 1)),
    PaymentFilter(channel="amazon", currency="EUR", month=date(2026, 2, 1), months=4, sign=-1),
    PaymentFilter(search="R1"),
]


def _accounts(connection: Connection) -> list[int]:
    """Two accounts with payments on both channels, many alike: same day, same amount, or none."""
    sellers = [Reports(connection, code, ("AMAZON_US", "AMAZON_DE", "WALMART_US")) for code in ("ACME", "OTHER")]
    drawn = Random(11)  # noqa: S311 - the same payments every time
    for _ in range(ROWS):
        seller, amount = drawn.choice(sellers), drawn.choice(AMOUNTS)
        on = (LAST - timedelta(days=drawn.choice((0, 1, 1, 40, 90, 150)))).isoformat()
        if drawn.random() < 0.2:
            seller.reconciled("WFS Lost Inventory", amount, on=on)
        else:
            seller.reimbursed(1, amount, on=on, marketplace=drawn.choice(("AMAZON_US", "AMAZON_DE")))
    ids = [seller.account_id for seller in sellers]
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
def accounts(with_accounts: Filled[list[int]]) -> list[int]:
    """Two accounts with payments on both channels, many alike: same day, same amount, or none."""
    return with_accounts.told


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
@pytest.mark.parametrize("order", ORDERS)
def test_each_row_is_on_one_page_and_together_they_are_the_sums_above(
    connection: Connection, accounts: list[int], wanted: PaymentFilter, order: str
) -> None:
    for asked in (accounts[:1], accounts, [EVERY_ACCOUNT]):
        rows = [row for page in leafed(connection, asked, wanted, order) for row in page]
        keys = [tuple(row[name] for name in ORDERS[order]) for row in rows]
        assert keys == sorted(set(keys))
        added: dict[str, list[Decimal]] = defaultdict(list)
        for row in rows:
            added[row["currency"]].append(row["amount"])
        above = sums(connection, asked, wanted).to_dict("records")
        assert {row["currency"]: (row["payments"], row["amount"]) for row in above} == {
            currency: (len(amounts), sum(amounts)) for currency, amounts in added.items()
        }
        for row in above:
            assert row["recovered"] == sum(amount for amount in added[row["currency"]] if amount > 0)
            assert row["reversed"] == sum(amount for amount in added[row["currency"]] if amount < 0)


def leafed(connection: Connection, asked: list[int], wanted: PaymentFilter, order: str) -> list[list[dict[Any, Any]]]:
    """The pages, each from the last row of the one before."""
    pages: list[list[dict[Any, Any]]] = []
    position = Position()
    while len(pages) <= ROWS // PAGE_SIZE + 1:
        page = lists.page(connection, asked, "payments", wanted, order, position).to_dict("records")
        pages.append(page)
        if len(page) < PAGE_SIZE:
            return pages
        position = Position(after=tuple(page[-1][name] for name in ORDERS[order]))
    raise AssertionError("the list does not end")


def test_what_is_there_is_known_with_its_first_and_last_month(connection: Connection, accounts: list[int]) -> None:
    for asked in (accounts, [EVERY_ACCOUNT]):
        found = present(connection, asked).itertuples()
        there = {(row.marketplace, row.currency): (row.first_month, row.last_month) for row in found}
        assert set(there) == {("AMAZON_US", "USD"), ("AMAZON_DE", "EUR"), ("WALMART_US", "USD")}
        assert set(there.values()) == {(date(2026, 2, 1), date(2026, 7, 1))}
