"""Every question that a page asks of the database, as each page asks it at first, by name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from core import lists
from core.queries import (
    case_tracker,
    coverage,
    data_sync,
    expiring,
    follow_ups,
    items,
    marketplace,
    outcomes,
    overview,
    payments,
    people,
    service,
)
from core.queries import item as item_page
from core.queries.case_tracker import CaseFilter
from core.queries.follow_ups import FollowUpFilter
from core.queries.item_filter import RUNNING, ItemFilter
from core.queries.outcomes import Which
from core.queries.paging import Position
from core.queries.payments import PaymentFilter
from core.vocabulary import STAGES

Question = Callable[[Connection, Sequence[int]], object]

BOUNDS = ("0 days", "1 day", "7 days", "14 days", "30 days", "45 days", "2 months", "3 months")
READY = ItemFilter("amazon", ("ready",))
SOON = ItemFilter(None, RUNNING, currency="USD", within="7 days")
CLAIMED = ItemFilter("amazon", ("claimed",))
UNCLAIMED = ItemFilter(None, (*RUNNING, "in_case"))
LOST = ItemFilter(None, ("expired", "denied", "reversed"))
SOME_MONTHS = Which(decided_from=date(2026, 4, 12), decided_to=date(2026, 11, 8))
EVERY_CASE = CaseFilter(())
OPEN_CASES = CaseFilter(("open",))


def _listed(wanted: ItemFilter, order: str) -> Question:
    return lambda connection, accounts: lists.page(connection, accounts, "items", wanted, order, Position())


def _next_page(wanted: ItemFilter, order: str) -> Question:
    """The page behind the first one, which is asked for once, before the question is timed."""
    behind: dict[object, Position] = {}

    def ask(connection: Connection, accounts: Sequence[int]) -> object:
        of_whom = connection.engine.url, tuple(accounts)
        if of_whom not in behind:
            first = lists.page(connection, accounts, "items", wanted, order, Position())
            behind[of_whom] = Position(after=tuple(first[name].iloc[-1] for name in items.ORDERS[order]))
        return lists.page(connection, accounts, "items", wanted, order, behind[of_whom])

    return ask


def _follow_up_sums(name: str) -> Question:
    return lambda connection, accounts: follow_ups.sums(connection, accounts, name, FollowUpFilter())


def _follow_ups(name: str, order: str) -> Question:
    return lambda connection, accounts: lists.page(connection, accounts, name, FollowUpFilter(), order, Position())


QUESTIONS: Mapping[str, Question] = {
    "frame: accounts": lambda connection, _: people.accounts(connection),
    "frame: freshness": people.freshness,
    "Overview: amounts": overview.amounts,
    "Overview: detected": overview.detected,
    "Overview: paid": overview.paid,
    "Overview: expiring": overview.expiring,
    "Overview: recovered": overview.recovered,
    "Amazon: sums": lambda connection, accounts: marketplace.sums(connection, accounts, "amazon", "30 days"),
    "Amazon: categories": lambda connection, accounts: marketplace.categories(connection, accounts, READY),
    "Amazon: ready, soonest": _listed(READY, "soonest"),
    "Amazon: ready, its next page": _next_page(READY, "soonest"),
    "Amazon: ready, largest": _listed(READY, "largest"),
    "Amazon: claimed, newest": _listed(CLAIMED, "newest"),
    "Items: lost, newest": _listed(LOST, "newest"),
    "Items: unclaimed, soonest": _listed(UNCLAIMED, "soonest"),
    **{
        f"Items: {stage}, {order}": _listed(ItemFilter(None, (stage,)), order)
        for stage in STAGES
        for order in items.ORDERS
    },
    "Expiring: currencies": expiring.currencies,
    "Expiring: heat map": lambda connection, accounts: expiring.at_risk(
        connection, accounts, "USD", RUNNING, BOUNDS, ""
    ),
    "Expiring: heat map, ready": lambda connection, accounts: expiring.at_risk(
        connection, accounts, "USD", ("ready",), BOUNDS, ""
    ),
    "Expiring: 7 days, soonest": _listed(SOON, "soonest"),
    "Expiring: 7 days, largest": _listed(SOON, "largest"),
    "Case Tracker: marketplaces": case_tracker.marketplaces,
    "Case Tracker: by status": lambda connection, accounts: case_tracker.by_status(connection, accounts, EVERY_CASE),
    "Case Tracker: newest": lambda connection, accounts: lists.page(
        connection, accounts, "cases", OPEN_CASES, "opened", Position()
    ),
    "Outcomes: rates": lambda connection, accounts: outcomes.rates(connection, accounts, Which()),
    "Outcomes: rates of some months": lambda connection, accounts: outcomes.rates(connection, accounts, SOME_MONTHS),
    "Outcomes: denied by month": lambda connection, accounts: outcomes.by_month(connection, accounts, SOME_MONTHS),
    "Outcomes: durations": lambda connection, accounts: outcomes.durations(connection, accounts, Which()),
    "Outcomes: ageing": lambda connection, accounts: outcomes.ageing(connection, accounts, Which()),
    "Outcomes: sources": outcomes.sources,
    "Payments: months": payments.present,
    "Payments: sums": lambda connection, accounts: payments.sums(connection, accounts, PaymentFilter()),
    "Payments: newest": lambda connection, accounts: lists.page(
        connection, accounts, "payments", PaymentFilter(), "newest", Position()
    ),
    "Payments: largest": lambda connection, accounts: lists.page(
        connection, accounts, "payments", PaymentFilter(), "largest", Position()
    ),
    **{
        f"Follow-ups: {name}, {told}": question
        for name in follow_ups.NAMES
        for told, question in (
            ("sums", _follow_up_sums(name)),
            *((order, _follow_ups(name, order)) for order in follow_ups.ORDERS),
        )
    },
    "Data sync: reports": lambda connection, accounts: lists.page(
        connection, accounts[:1], "sync_reports", None, "reports", Position()
    ),
    "Data sync: states": data_sync.states,
    "Data sync: gaps": lambda connection, accounts: coverage.gaps(connection, accounts, Position()),
    "Data sync: coverage": lambda connection, accounts: coverage.reports(connection, accounts[:1], Position()),
    "How to claim: connected": lambda connection, accounts: service.connected(connection, accounts, Position()),
    "How to claim: waiting": service.waiting,
}
"""The questions of the pages that show figures and lists."""

_TOLD_OF_ALL = ("Overview", "Amazon", "Items", "Expiring", "Case Tracker", "Payments", "Outcomes", "Follow-ups")
OF_ALL = {name for name in QUESTIONS if name.startswith(_TOLD_OF_ALL)} | {"Data sync: gaps"}
"""Those that are asked of every account at once, where a visitor sees all there are (`Scope.of_lists`)."""

_LISTS = ("first", "newest", "largest", "soonest", "its next page", "heat map", "heat map, ready", "gaps", "coverage")
SUMMED = {name for name in OF_ALL if not name.endswith(_LISTS)}
"""Those that are asked of the sums over the accounts of a visitor with many (`Scope.of_sums`)."""


def of_item(account_id: int, item_id: str) -> Mapping[str, Question]:
    """The questions of an item's own page."""
    name = item_page.ItemName(account_id, item_id)
    return {
        "Item: itself": lambda connection, accounts: item_page.item(connection, accounts, item_id),
        "Item: stages": lambda connection, accounts: item_page.stages(connection, accounts, name),
        "Item: proof": lambda connection, accounts: item_page.proof(connection, accounts, name),
        "Item: cases": lambda connection, accounts: item_page.cases(connection, accounts, name),
    }
