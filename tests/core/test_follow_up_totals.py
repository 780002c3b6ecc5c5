"""Follow-ups: what stands above each list is what its rows add up to, on every day, and each row is on one page."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, text

from core.database.rollups.totals import refresh_rollups
from core.lists import page as rows
from core.queries.follow_ups import NAMES, ORDERS, FollowUpFilter, sums
from core.queries.paging import PAGE_SIZE, Position
from core.reporting.rollups import EVERY_ACCOUNT
from tests.conftest import Filled, Server, filled
from tests.core.reports import Reports, as_of_date

FIRST = date(2026, 3, 1)
PLACES = {"AMAZON_US": "USD", "AMAZON_DE": "EUR", "AMAZON_CA": "CAD"}
AMOUNTS = ("12.50", "12.50", "3.00", "7.25", "40.00")
FILTERS = [FollowUpFilter(), FollowUpFilter(with_passed=True), FollowUpFilter("s-1"), FollowUpFilter("S-2", True)]
DAYS = [(FIRST + timedelta(days=each)).isoformat() for each in (0, 31, 60, 61, 250)]

UNDERPAID = """
    select u.account_id, u.item_id::text as name, u.currency, u.shortfall as amount,
        coalesce(u.re_evaluation_until, '9999-12-31') - date '2000-01-01' as day_rank, u.sku
    from derived.underpaid_item as u
    inner join marketplace as m on m.marketplace = u.marketplace
    where :with_passed or coalesce(u.re_evaluation_until >= derived.today(m.time_zone), true)
"""
CASH = """
    select c.account_id, c.row_id::text as name, c.currency, c.amount, c.sku,
        {sign} (c.moved_on - date '2000-01-01') as day_rank
    from derived.cash_difference as c
    where c.side = '{side}'
"""
WITHDRAWN = """
    select account_id, item_id::text as name, currency, detected as amount,
        date '2000-01-01' - withdrawn_at::date as day_rank, sku
    from withdrawn_item
"""
SURPLUSES = """
    select account_id, row_id::text as name, currency, case when currency <> '' then amount end as amount,
        date '2000-01-01' - happened_on as day_rank, sku
    from surplus
"""
ALL = {
    "underpaid": UNDERPAID,
    "approved_not_paid": CASH.format(side="approved", sign=""),
    "paid_not_reported": CASH.format(side="paid", sign="-"),
    "withdrawn": WITHDRAWN,
    "surpluses": SURPLUSES,
}
"""Each list as its view has it, row by row."""


@pytest.fixture(scope="module")
def full(server: Server, migrated: str) -> Iterator[Filled[list[int]]]:
    """The accounts, made once."""
    with filled(server, migrated, _two_sellers) as made:
        yield made


@pytest.fixture(scope="module")
def template(full: Filled[list[int]]) -> str:
    """The database with the accounts."""
    return full.name


@pytest.fixture
def accounts(full: Filled[list[int]]) -> list[int]:
    """Both of them."""
    return full.told


def _two_sellers(connection: Connection) -> list[int]:
    """Two accounts with rows in every list, many alike: same day, same amount, with and without a last day."""
    drawn = Random(7)  # noqa: S311 - the same rows every time
    sellers = [Reports(connection, code, tuple(PLACES)) for code in ("ACME", "OTHER")]
    for number in range(260):
        _add(drawn, sellers[number % 5 // 4], number)
    ids = [seller.account_id for seller in sellers]
    for seller in sellers:
        seller.detect()
    connection.execute(
        text(
            "update item set units_underpaid = 1, underpaid = 1 + units, sku = 's-' || units,"
            " re_evaluation_until = case when units <> 3 then event_on + 40 + units end"
        )
    )
    connection.execute(
        text(
            "insert into surplus select account_id, 'finds', item_id, marketplace, event_on, 'S-' || units, fnsku, '',"
            " '', '', units, 1, case when units > 2 then units else 0 end,"
            " case when units > 2 then currency else '' end"
            " from item"
        )
    )
    refresh_rollups(connection, ids)
    return ids


def _add(drawn: Random, seller: Reports, number: int) -> None:
    on = (FIRST + timedelta(days=drawn.choice((0, 1, 1, 20, 40)))).isoformat()
    place, amount = drawn.choice(list(PLACES)), drawn.choice(AMOUNTS)
    goods = {"sku": f"S-{number}", "fnsku": f"X{number}", "asin": ""}
    seller.lost(drawn.randint(1, 5), on=on, marketplace=place, goods=goods)
    seller.reimbursed(1, amount, on=on, marketplace=place, goods=goods, order=f"A{number}")
    seller.settled(
        "WAREHOUSE_LOST", amount, on=on, marketplace=place, sku=f"S-{1 + number % 2}-{number}", order=f"P{number}"
    )
    seller.connection.execute(
        text(
            "insert into withdrawn_item select :account_id, gen_random_uuid(), cast(:on as timestamptz), '', 'amazon',"
            " :place, 'inventory_lost', null, :sku, '', '', '', 1, :currency, :amount"
        ),
        {
            "account_id": seller.account_id,
            "on": f"{on} {drawn.choice((0, 23))}:30+00",
            "place": place,
            "sku": goods["sku"],
            "currency": PLACES[place],
            "amount": amount,
        },
    )


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_the_sums_above_a_list_are_those_of_its_view_on_every_day(
    connection: Connection, accounts: list[int], name: str, wanted: FollowUpFilter
) -> None:
    for day in DAYS:
        as_of_date(connection, day)
        for asked in (accounts[:1], accounts, [EVERY_ACCOUNT]):
            above = [tuple(row) for row in sums(connection, asked, name, wanted).itertuples(index=False)]
            assert above == _added(connection, asked, name, wanted), day
    assert above or name == "underpaid"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", NAMES)
def test_each_row_of_a_list_is_on_one_page_in_its_order(
    connection: Connection, accounts: list[int], name: str, order: str
) -> None:
    as_of_date(connection, DAYS[2])
    for asked in (accounts[:1], accounts, [EVERY_ACCOUNT]):
        for wanted in FILTERS:
            listed = [row for page in leafed(connection, asked, name, wanted, order) for row in page]
            keys = [tuple(row[each] for each in ORDERS[order]) for row in listed]
            assert all(one < next_one for one, next_one in pairwise(keys))
            assert {(row["account_id"], row["name"], row["day_rank"], row["amount"]) for row in listed} == {
                (row.account_id, row.name, row.day_rank, row.amount) for row in _rows(connection, asked, name, wanted)
            }


@pytest.mark.parametrize("name", NAMES)
def test_pages_by_number_are_those_by_the_last_row(connection: Connection, accounts: list[int], name: str) -> None:
    wanted = FollowUpFilter(with_passed=True)
    by_key = leafed(connection, accounts[:1], name, wanted, "first")
    by_number = [
        rows(connection, accounts[:1], name, wanted, "first", Position(skip=PAGE_SIZE * page)).to_dict("records")
        for page in range(len(by_key))
    ]
    assert len(by_number) > 1
    assert by_number == by_key


def test_what_a_sync_withdraws_or_leaves_unpaid_is_summed_at_once(connection: Connection, accounts: list[int]) -> None:
    third = Reports(connection, "THIRD")
    third.costs("4.00", since="2026-01-01")
    gone = third.lost(2, on="2026-03-03")
    third.settled("WAREHOUSE_LOST", "5.00", on="2026-03-09")
    third.detect()
    third.forget("inventory_event", gone)
    third.detect()
    for name, amount in (("withdrawn", 8), ("paid_not_reported", 5)):
        (above,) = sums(connection, [third.account_id], name, FollowUpFilter()).to_dict("records")
        assert (above["rows"], above["amount"]) == (1, amount)
        of_all, of_each = (
            sums(connection, asked, name, FollowUpFilter()).to_dict("records")
            for asked in ([EVERY_ACCOUNT], [*accounts, third.account_id])
        )
        assert of_all == of_each


def leafed(
    connection: Connection, asked: Sequence[int], name: str, wanted: FollowUpFilter, order: str
) -> list[list[dict[Any, Any]]]:
    """The pages, each from the last row of the one before."""
    pages: list[list[dict[Any, Any]]] = []
    position = Position()
    while len(pages) < 5:
        pages.append(rows(connection, asked, name, wanted, order, position).to_dict("records"))
        if len(pages[-1]) < PAGE_SIZE:
            return pages
        position = Position(after=tuple(pages[-1][-1][each] for each in ORDERS[order]))
    raise AssertionError("the list does not end")


def _added(
    connection: Connection, asked: Sequence[int], name: str, wanted: FollowUpFilter
) -> list[tuple[str, int, Any]]:
    found = _rows(connection, asked, name, wanted)
    return [
        (currency, len(amounts), sum(amount or 0 for amount in amounts))
        for currency in sorted({row.currency for row in found})
        if (amounts := [row.amount for row in found if row.currency == currency])
    ]


def _rows(connection: Connection, asked: Sequence[int], name: str, wanted: FollowUpFilter) -> Sequence[Any]:
    which = "true" if list(asked) == [EVERY_ACCOUNT] else "account_id = any(:accounts)"
    query = text(f"select * from ({ALL[name]}) as l where {which} and starts_with(lower(sku), lower(:search))")
    given = {"accounts": list(asked), "search": wanted.search, "with_passed": wanted.with_passed}
    return connection.execute(query, {each: given[each] for each in query.compile().params}).all()
