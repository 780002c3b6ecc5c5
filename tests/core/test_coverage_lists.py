"""The lists of coverage: each gap and each report is on one page, in order, with what the view says waits for it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, text

from core.queries import coverage
from core.queries.coverage import ORDERS
from core.queries.paging import PAGE_SIZE, Position
from core.reporting.rollups import EVERY_ACCOUNT
from core.vocabulary import COVERED_FORMATS
from tests.conftest import Filled, Server, filled
from tests.core.reports import Reports, as_of_date

FIRST = date(2026, 5, 1)
PLACES = ("AMAZON_US", "AMAZON_CA", "AMAZON_DE", "AMAZON_UK", "AMAZON_JP", "WALMART_US")
CURRENCIES = ("USD", "CAD", "EUR", "GBP", "JPY")
DAYS = [(FIRST + timedelta(days=each)).isoformat() for each in (20, 60, 75, 400)]
ACCOUNTS = 20

List = Callable[[Connection, Sequence[int], Position], pd.DataFrame]
LISTS: dict[str, List] = {"gaps": coverage.gaps, "reports": coverage.reports}


@pytest.fixture(scope="module")
def full(server: Server, migrated: str) -> Iterator[Filled[list[int]]]:
    """The accounts, made once."""
    with filled(server, migrated, _sellers) as made:
        yield made


@pytest.fixture(scope="module")
def template(full: Filled[list[int]]) -> str:
    """The database with the accounts."""
    return full.name


@pytest.fixture
def accounts(full: Filled[list[int]]) -> list[int]:
    """All of them."""
    return full.told


def _sellers(connection: Connection) -> list[int]:
    """Accounts with losses all over, whose reimbursements are whole for other days each; some names are alike."""
    drawn = Random(3)  # noqa: S311 - the same rows every time
    return [_seller(connection, drawn, number) for number in range(ACCOUNTS)]


def _seller(connection: Connection, drawn: Random, number: int) -> int:
    seller = Reports(connection, f"S{number:02}", PLACES, whole=())
    for currency in CURRENCIES:
        for each in range(number % 2, 30):
            seller.costs("4.00", since="2020-01-01", currency=currency, sku=f"S-{each}")
    for each in range(30):
        goods = {"sku": f"S-{each}", "fnsku": f"X{each}", "asin": ""}
        day = (FIRST + timedelta(days=drawn.choice((0, 5, 30, 31, 60)))).isoformat()
        place = drawn.choice(PLACES[:5])
        seller.lost(drawn.randint(1, 4), on=day, marketplace=place, goods=goods)
    for report in drawn.sample(sorted(COVERED_FORMATS), 10):
        first = FIRST + timedelta(days=drawn.randint(0, 40))
        seller.covers(report, first.isoformat(), (first + timedelta(days=drawn.randint(0, 30))).isoformat())
        seller.covers(report, "2026-07-20", "2026-08-15")
    seller.detect()
    connection.execute(
        text("update account set name = :name where account_id = :id"),
        {"name": f"Seller {number // 3}", "id": seller.account_id},
    )
    return seller.account_id


def leafed(connection: Connection, asked: Sequence[int], name: str) -> list[dict[Any, Any]]:
    """The rows of all pages, each from the last row of the one before."""
    rows: list[dict[Any, Any]] = []
    position = Position()
    while True:
        page = LISTS[name](connection, asked, position).to_dict("records")
        rows += page
        if len(page) < PAGE_SIZE:
            return rows
        position = Position(after=tuple(page[-1][each] for each in ORDERS[name]))


def told(connection: Connection, asked: Sequence[int], columns: str) -> list[tuple[Any, ...]]:
    """What waits by `reporting.coverage`."""
    query = text(
        f"select {columns}, sum(c.waiting_items), sum(c.waiting_amount) from reporting.coverage as c"
        " inner join account as a on a.code = c.account where a.account_id = any(:accounts) and c.waiting_items > 0"
        f" group by {columns} order by {columns}"
    )
    return list(map(tuple, connection.execute(query, {"accounts": list(asked)}).all()))


@pytest.mark.parametrize("name", LISTS)
def test_each_row_is_on_one_page_in_its_order(connection: Connection, accounts: list[int], name: str) -> None:
    as_of_date(connection, DAYS[1])
    for asked in (accounts[:1], accounts[3:7], accounts):
        rows = leafed(connection, asked, name)
        keys = [tuple(row[each] for each in ORDERS[name]) for row in rows]
        assert all(one < next_one for one, next_one in pairwise(keys))
        assert {row["total_rows"] for row in rows} == {len(rows)}
        assert {row["account_id"] for row in rows} <= set(asked)
    assert len(rows) > PAGE_SIZE
    assert leafed(connection, [EVERY_ACCOUNT], name) == rows


@pytest.mark.parametrize("name", LISTS)
def test_pages_by_number_are_those_by_the_last_row(
    connection: Connection, accounts: list[int], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_of_date(connection, DAYS[1])
    whole = leafed(connection, accounts[:1], name)
    monkeypatch.setattr(coverage, "PAGE_SIZE", 4)
    by_number = [
        row
        for page in range(len(whole) // 4 + 1)
        for row in LISTS[name](connection, accounts[:1], Position(skip=4 * page)).to_dict("records")
    ]
    assert by_number == whole
    assert len(whole) > 4


@pytest.mark.parametrize("day", DAYS)
def test_what_waits_for_gaps_is_what_the_view_says_on_every_day(
    connection: Connection, accounts: list[int], day: str
) -> None:
    as_of_date(connection, day)
    rows = leafed(connection, accounts, "gaps")
    sums: dict[tuple[int, str, str], list[Any]] = {}
    for row in rows:
        so_far = sums.setdefault((row["account_id"], row["region"], row["currency"]), [0, 0])
        so_far[0] += row["items"]
        so_far[1] += row["amount"]
    assert [(*key, *sums[key]) for key in sorted(sums)] == told(
        connection, accounts, "a.account_id, c.region, c.currency"
    )
    assert bool(rows) is (day != DAYS[-1]), "nothing waits once every claim window has ended"


def test_the_reports_say_how_many_items_wait_for_each_of_them(connection: Connection, accounts: list[int]) -> None:
    as_of_date(connection, DAYS[1])
    of_reports = {
        (row["account_id"], row["format"], row["region"]): row["items"]
        for row in leafed(connection, accounts, "reports")
        if row["items"]
    }
    known = {
        (row[0], row[1], row[2]): row[3]
        for row in told(connection, accounts, "a.account_id, c.format, c.region")
        if (row[0], row[1], row[2]) in of_reports
    }
    assert of_reports == known
    assert known


def test_the_gap_for_which_most_money_waits_comes_first_and_an_open_end_has_no_day(
    connection: Connection, accounts: list[int]
) -> None:
    as_of_date(connection, DAYS[1])
    rows = coverage.gaps(connection, accounts, Position()).to_dict("records")
    assert rows[0]["amount"] == max(row["amount"] for row in rows) > 0
    assert {row["last_on"] is None for row in rows} == {row["first_on"] is None for row in rows} == {True, False}
    assert {type(row["first_on"]) for row in rows} == {date, type(None)}
    unknown = [row for row in rows if row["items_without_value"]]
    assert unknown
    assert all(row["amount"] == 0 for row in unknown if row["items"] == row["items_without_value"])


def test_spans_that_touch_are_one_and_what_is_known_twice_says_so(connection: Connection) -> None:
    seller = Reports(connection, "TOUCHING", ("AMAZON_US",), whole=())
    seller.returned(on="2026-03-01")
    seller.covers("amazon_customer_returns", "2026-01-01", "2026-01-31")
    seller.covers("amazon_customer_returns", "2026-02-01", "2026-12-31")
    seller.covers("amazon_reimbursements", "2026-01-01", "2026-01-31")
    seller.covers("amazon_reimbursements", "2026-03-01", "2026-03-31")
    seller.detect()
    rows = {row["format"]: row for row in leafed(connection, [seller.account_id], "reports")}
    returns, paid = rows["amazon_customer_returns"], rows["amazon_reimbursements"]
    assert (len(returns["covered_from"]), returns["known_by"]) == (1, ["rows, stated"])
    assert (paid["covered_from"], paid["known_by"]) == ([date(2026, 1, 1), date(2026, 3, 1)], ["stated", "stated"])
    assert paid["covered_through"] == [date(2026, 1, 31), date(2026, 3, 31)]
