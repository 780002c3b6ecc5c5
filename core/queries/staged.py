"""SQL of the items that match a filter, by stage: one row per item and stage.

Each part (a stage, or ready and future together) has its own queries with the conditions of a partial index (migrations
0027, 0028), so that PostgreSQL reads only the first hundred rows by deadline, amount or event, however many items there
are. The SQL consists of constants; a visitor's choices are bound values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.queries.days import DAYS, FIRST_TODAY, LAST_TODAY, TODAY
from core.queries.item_filter import ItemFilter
from core.queries.of_accounts import is_one, most, of_accounts

_DATED = f"i.deadline_on >= {FIRST_TODAY} and i.deadline_on >= {TODAY}"
_UNDATED = "i.deadline_on is null"
_OPENED = f"(i.opens_on is null or i.opens_on <= {TODAY})"
_OPENS = f"i.opens_on > {FIRST_TODAY} and i.opens_on > {TODAY}"
_PAST = f"i.deadline_on < {LAST_TODAY} and i.deadline_on < {TODAY}"
_SHORTEST_WINDOW = """(
    select w.deadline_on - w.event_on
    from item as w
    where {of_windows} and (w.units_open > 0 or w.rest <> 0)
    order by w.deadline_on - w.event_on
    limit 1
)"""


@dataclass(frozen=True)
class _Part:
    """The part of an item that is in a stage, as SQL: the stage, whether there is any, its units, its amount and its
    deadline (null for units in a case or decided). Each of `whens` is the condition of a separate query;
    `whens_by_event` replaces them in a list of many accounts with the newest event first.
    """

    stage: str
    has_it: str
    units: str
    amount: str
    whens: tuple[str, ...] = ("true",)
    deadline: str = "cast(null as date)"
    whens_by_event: tuple[str, ...] = ()


_DEADLINE = "i.deadline_on"
_SURE = ("i.units_open > i.units_doubtful", "i.units_open - i.units_doubtful")
_SURE_AMOUNT = "(i.units_open - i.units_doubtful) * i.unit_value"
_STAGE_OF_SURE = f"case when {_OPENED} then 'ready' else 'future' end"

_PARTS: dict[frozenset[str], _Part] = {
    # one index scan by deadline finds both; a scan for `future` only would first pass everything ready
    frozenset({"ready", "future"}): _Part(_STAGE_OF_SURE, *_SURE, _SURE_AMOUNT, (_DATED, _UNDATED), _DEADLINE),
    frozenset({"ready"}): _Part(
        "'ready'", *_SURE, _SURE_AMOUNT, (f"{_DATED} and {_OPENED}", f"{_UNDATED} and {_OPENED}"), _DEADLINE
    ),
    frozenset({"future"}): _Part(
        "'future'", *_SURE, _SURE_AMOUNT, (f"{_DATED} and {_OPENS}", f"{_UNDATED} and {_OPENS}"), _DEADLINE
    ),
    frozenset({"review"}): _Part(
        "'review'",
        "(i.units_doubtful > 0 or i.rest <> 0)",
        "i.units_doubtful",
        "i.units_doubtful * i.unit_value + i.rest",
        (_DATED, _UNDATED),
        _DEADLINE,
    ),
    frozenset({"in_case"}): _Part(
        "'in_case'", "i.units_in_case <> 0", "i.units_in_case", "i.units_in_case * i.unit_value"
    ),
    frozenset({"claimed"}): _Part(
        "'claimed'", "(i.units_claimed <> 0 or i.claimed <> 0)", "i.units_claimed", "i.claimed"
    ),
    frozenset({"expired"}): _Part(
        "'expired'",
        "(i.units_open > 0 or i.rest <> 0)",
        "i.units_open",
        "i.units_open * i.unit_value + i.rest",
        (_PAST,),
        _DEADLINE,
        # nothing younger than the shortest window has expired, and the index by event would begin with all of it
        (f"{_PAST} and i.event_on < {LAST_TODAY} - {_SHORTEST_WINDOW}", f"{_PAST} and i.event_on is null"),
    ),
    frozenset({"denied"}): _Part("'denied'", "i.units_denied <> 0", "i.units_denied", "i.units_denied * i.unit_value"),
    frozenset({"reversed"}): _Part(
        "'reversed'", "(i.units_reversed <> 0 or i.reversed <> 0)", "i.units_reversed", "i.reversed"
    ),
}
"""The parts by the stages that they cover, in the order in which `_parts` tries them."""

_FOUND = """
    found as materialized (
        select i.account_id, i.item_id
        from item as i
        where
            {of_accounts}
            and (
                starts_with(lower(i.sku), lower(:search))
                or starts_with(lower(i.fnsku), lower(:search))
                or starts_with(lower(i.asin), lower(:search))
                or starts_with(lower(i.order_id), lower(:search))
                or starts_with(lower(i.shipment_id), lower(:search))
                or starts_with(lower(i.case_id), lower(:search))
                or starts_with(i.item_id::text, lower(:search))
            )
        union
        select e.account_id, e.item_id
        from derived.payment as p
        inner join item_evidence as e on e.account_id = p.account_id and e.row_id = p.row_id
        where
            {of_payments}
            and starts_with(lower(p.reimbursement_id), lower(:search))
    )
"""


@dataclass(frozen=True)
class Cut:
    """The rows of a list that a page needs, as SQL. `order` are the columns of `item` to sort by, `condition` skips the
    pages before, `most` is the name of the bound limit, `not_before` the bound deadline at which the rows begin, and
    `is_newest_first` says that the newest event comes first. `{amount}`, `{deadline}` and `{stage}` stand for the
    stage's own expressions.
    """

    order: str = ""
    condition: str = "true"
    most: str = ""
    not_before: str = ""
    is_newest_first: bool = False


WHOLE = Cut()
"""The whole list, unsorted."""


def beginning(account_ids: Sequence[int], wanted: ItemFilter) -> str:
    """The `with` clause of a query that uses `rows`: today in each marketplace, and the items that a search found."""
    if not wanted.search:
        return f"with {DAYS}"
    of_payments = f"{of_accounts(account_ids, 'p')} and {of_accounts(account_ids, 'e')}"
    return f"with {DAYS}, {_FOUND.format(of_accounts=of_accounts(account_ids, 'i'), of_payments=of_payments)}"


def rows(account_ids: Sequence[int], wanted: ItemFilter, cut: Cut = WHOLE) -> str:
    """SQL of the rows: all columns of `item`, and the stage, units, amount, deadline and today. Binds
    `ItemFilter.values`.
    """
    members = [
        _member(part, when, account_ids, wanted, cut)
        for part in _parts(wanted.stages)
        for when in _whens(part, account_ids, wanted, cut)
        # a deadline filter leaves out items without a deadline
        if not (when.startswith(_UNDATED) and (wanted.within or wanted.after))
    ]
    return "\nunion all\n".join(f"({member})" for member in members)


def _parts(stages: Sequence[str]) -> Iterator[_Part]:
    left = set(stages)
    for of_stages, part in _PARTS.items():
        if of_stages <= left:
            left -= of_stages
            yield part


def _whens(part: _Part, account_ids: Sequence[int], wanted: ItemFilter, cut: Cut) -> Sequence[str]:
    if cut.is_newest_first and part.whens_by_event and not wanted.search and not is_one(account_ids):
        return [when.replace("{of_windows}", of_accounts(account_ids, "w")) for when in part.whens_by_event]
    return part.whens


def _member(part: _Part, when: str, account_ids: Sequence[int], wanted: ItemFilter, cut: Cut) -> str:
    conditions = [of_accounts(account_ids, "i"), part.has_it, when, *_conditions(wanted), cut.condition]
    if cut.not_before and part.deadline == _DEADLINE and not when.startswith(_UNDATED):
        conditions.append(f"{_DEADLINE} >= {cut.not_before}")
    # PostgreSQL expects too few rows with a running deadline; but hardly any row both opens later and ends soon
    is_narrow = when.startswith(_DATED) and not (_OPENS in when and wanted.within) and not wanted.search
    found = "inner join found as f on f.account_id = i.account_id and f.item_id = i.item_id" if wanted.search else ""
    query = f"""
        select
            i.*,
            {part.stage} as stage,
            {part.units} as units_of_stage,
            {part.amount} as amount,
            {part.deadline} as runs_until,
            {TODAY} as today
        from item as i
        inner join day as m on m.marketplace = i.marketplace
        {found}
        where {" and ".join(conditions)}
    """
    if cut.order:
        query += f" order by {cut.order}"
    if cut.most:
        query += f" limit {most(account_ids, cut.most, is_narrow=is_narrow)}"
    for name, of_stage in (("amount", part.amount), ("deadline", part.deadline), ("stage", part.stage)):
        query = query.replace(f"{{{name}}}", of_stage)
    return query


def _conditions(wanted: ItemFilter) -> Iterator[str]:
    for name in ("channel", "marketplace", "category", "currency"):
        if getattr(wanted, name) is not None:
            yield f"i.{name} = :{name}"
    if wanted.without_value:
        yield "i.unit_value is null and ({amount}) is null"
    if wanted.waits_for:
        yield "i.doubts @> cast(:waits_for as jsonb)"
    if wanted.within:
        yield f"i.deadline_on <= ({LAST_TODAY} + cast(:within as interval))::date"
        yield f"i.deadline_on <= ({TODAY} + cast(:within as interval))::date"
    if wanted.after:
        yield f"i.deadline_on > ({FIRST_TODAY} + cast(:after as interval))::date"
        yield f"i.deadline_on > ({TODAY} + cast(:after as interval))::date"
