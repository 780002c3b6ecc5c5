"""Queries of the Follow-ups page: underpaid items, approvals without a payment, payments without an approval, withdrawn
items, and surpluses that match nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from core.queries.columns import Orders, behind, selected
from core.queries.days import DAYS, FIRST_TODAY
from core.queries.follow_up_lists import LISTS, LOOKED_UP, FollowUpList
from core.queries.of_accounts import most, of_accounts
from core.queries.paging import PAGE_SIZE, TOP, Position
from core.queries.rows import Question, frame

ORDERS: Orders = {
    "first": ("day_rank", "amount_rank", "account_id", "name"),
    "largest": ("amount_rank", "day_rank", "account_id", "name"),
}
"""Sort orders of a list: most urgent first, or largest amount first. All ranks sort ascending."""

NAMES = tuple(LISTS)
"""Names of the lists."""


@dataclass(frozen=True)
class FollowUpFilter:
    """Filter of a list. `search` is the beginning of an id; `with_passed` includes rows for which it is too late."""

    search: str = ""
    with_passed: bool = False


_KEPT_SUMS = """
    with {days}

    select t.currency, sum(t.rows)::bigint as rows, sum(t.amount) as amount
    from follow_up_total as t
    left join day as m on m.marketplace = t.marketplace
    where
        t.account_id = any(:account_ids)
        and t.list = :list
        -- the day in the last time zone on earth, so that an index finds the first for which it can be time
        and (:with_passed or t.until_on >= {first_today})
        and (:with_passed or t.until_on = 'infinity' or t.until_on >= m.today)
    group by t.currency
    having sum(t.rows) <> 0
    order by t.currency
"""

_FOUND_SUMS = """
    with {days}

    select currency, count(*) as rows, coalesce(sum(amount), 0) as amount
    from ({rows}) as s
    group by currency
    order by currency
"""

_WHOLE = "with {days} select {columns} from ({rows}) as s {looked_up} order by {key}"
_LISTED = "select {columns} from {rows} where {conditions} {first}"


def sums(connection: Connection, account_ids: Sequence[int], name: str, wanted: FollowUpFilter) -> pd.DataFrame:
    """Sums of a list: rows and `amount` by currency."""
    values = _values(account_ids, wanted)
    if not wanted.search:
        return frame(connection, text(_KEPT_SUMS.format(days=DAYS, first_today=FIRST_TODAY)), values | {"list": name})
    return frame(connection, text(_FOUND_SUMS.format(days=DAYS, rows=_rows(LISTS[name], account_ids, wanted))), values)


def rows(
    account_ids: Sequence[int],
    name: str,
    wanted: FollowUpFilter,
    order: str,
    columns: Sequence[str],
    position: Position | None = None,
) -> Question:
    """Query of the page at a position, or of all rows without one. `amount` is the money owed or in doubt, None for a
    row that has only units. `sums` counts the rows of all pages.
    """
    listed = LISTS[name]
    looked_up = {each: LOOKED_UP[each] for each in columns if each in LOOKED_UP}
    own = [each for each in columns if each not in looked_up]
    query = _WHOLE.format(
        days=DAYS,
        columns=", ".join(("s.*", *(f"{sql} as {each}" for each, (sql, _) in looked_up.items()))),
        rows=_rows(listed, account_ids, wanted, own, order if position else "", position or TOP),
        looked_up=" ".join(dict.fromkeys(join for _, join in looked_up.values())),
        key=", ".join(f"s.{each}" for each in ORDERS[order]),
    )
    values = _values(account_ids, wanted)
    if position is None:
        return text(query), values
    return text(query), values | {"skip": position.skip, "page": PAGE_SIZE} | _after(listed, order, position)


def _rows(
    listed: FollowUpList,
    account_ids: Sequence[int],
    wanted: FollowUpFilter,
    columns: Sequence[str] = ("currency",),
    order: str = "",
    position: Position = TOP,
) -> str:
    """SQL of the rows that match a filter. With an order, an index finds the first rows and no others are read."""
    computed = {**listed.ranks, "amount": listed.amount, **listed.computed}
    first = ""
    if order:
        by = ", ".join(listed.indexed[name] for name in ORDERS[order])
        first = f"order by {by} offset :skip limit {most(account_ids, 'page')}"
    conditions = [of_accounts(account_ids, "l"), listed.is_listed, listed.still(with_passed=wanted.with_passed)]
    conditions += [*_found(listed, wanted), *_behind(listed, order, position)]
    return _LISTED.format(
        columns=selected((*listed.ranks, "amount", *columns), computed, "l"),
        rows=listed.rows,
        conditions=" and ".join(conditions),
        first=first,
    )


def _found(listed: FollowUpList, wanted: FollowUpFilter) -> Iterator[str]:
    if wanted.search:
        yield "(" + " or ".join(f"starts_with(lower({each}), lower(:search))" for each in listed.searched) + ")"


def _behind(listed: FollowUpList, order: str, position: Position) -> Iterator[str]:
    """SQL conditions of the rows after a position."""
    if not position.after:
        return
    yield behind((listed.ranks[name] for name in ORDERS[order]), ORDERS[order])
    if order == "first":
        yield listed.not_before  # repeats the condition for the plain column, with which the index begins


def _after(listed: FollowUpList, order: str, position: Position) -> dict[str, object]:
    if not position.after:
        return {}
    after: dict[str, Any] = dict(zip(ORDERS[order], position.after, strict=True))
    day = listed.day_of(int(after["day_rank"]))
    return {f"after_{name}": value for name, value in after.items()} | {"after_day": day}


def _values(account_ids: Sequence[int], wanted: FollowUpFilter) -> dict[str, object]:
    return asdict(wanted) | {"account_ids": list(account_ids)}
