"""Cached page queries, by scope, as-of date and arguments (see shared.py).

The queries are in core/queries; figures.py and lists.py cache what is built from their results.
"""

from datetime import date

import pandas as pd

from core import lists
from core.database.access.visitor import reading
from core.queries import case as case_questions
from core.queries import case_tracker, coverage, data_sync, marketplace, outcomes, overview, service
from core.queries import expiring as expiring_items
from core.queries import follow_ups as follow_up_questions
from core.queries import item as item_questions
from core.queries import payments as payment_questions
from core.queries.outcomes import Which
from core.queries.paging import Position
from core.statistics import Survival, time_to_end
from core.ui.cache.shared import ANSWERS, PAGES, answers, kept
from core.ui.shell import errors
from core.ui.shell.view import Scope

# Lists --------------------------------------------------------------------------------------------------------------

# Streamlit treats both as one cache, so their sizes must be equal; a list uses only one of the two.
rows = answers(lists.page, 4 * PAGES, of=Scope.of_lists)
rows_by_account = answers(lists.page, 4 * PAGES)


def rows_of(
    scope: Scope, as_of: date | None, code: str, wanted: object, order: str, position: Position
) -> pd.DataFrame:
    """One page of a list's rows (core/lists)."""
    question = rows_by_account if lists.LISTS[code].is_by_account else rows
    return question(scope, as_of, code, wanted, order, position)


# The Overview -------------------------------------------------------------------------------------------------------

amounts = answers(overview.amounts, of=Scope.of_sums)
detected = answers(overview.detected, of=Scope.of_sums)
paid = answers(overview.paid, of=Scope.of_sums)
expiring = answers(overview.expiring, of=Scope.of_sums)
recovered = answers(overview.recovered, of=Scope.of_sums)


def in_currency(rows: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The rows of one currency; currencies are never added together."""
    return rows[rows["currency"] == currency]


# Amazon and Walmart -------------------------------------------------------------------------------------------------

sums = answers(marketplace.sums, of=Scope.of_sums)
categories = answers(marketplace.categories, of=Scope.of_sums)

# Expiring, and the Item page ----------------------------------------------------------------------------------------

expiring_currencies = answers(expiring_items.currencies, of=Scope.of_sums)
at_risk = answers(expiring_items.at_risk, of=Scope.of_lists)
item = answers(item_questions.item)
item_stages = answers(item_questions.stages)
item_proof = answers(item_questions.proof, PAGES)
item_cases = answers(item_questions.cases)

# Payments -----------------------------------------------------------------------------------------------------------

payments_present = answers(payment_questions.present, of=Scope.of_sums)
payment_sums = answers(payment_questions.sums, of=Scope.of_sums)
payments_by_month = answers(payment_questions.by_month, of=Scope.of_sums)
payment_items = answers(payment_questions.items)

# Follow-ups ---------------------------------------------------------------------------------------------------------

follow_up_sums = answers(follow_up_questions.sums, of=Scope.of_sums)

# Data sync ----------------------------------------------------------------------------------------------------------

sync_states = answers(data_sync.states)
missing_reports = answers(data_sync.missing)
gaps = answers(coverage.gaps, PAGES, of=Scope.of_lists)
report_coverage = answers(coverage.reports, PAGES, of=Scope.of_lists)
channel_freshness = answers(data_sync.channel_freshness)

# How to claim: not cached, since a click must show its effect at once -----------------------------------------------


def connected(scope: Scope, as_of: date | None, position: Position) -> pd.DataFrame:
    """`service.connected` for the scope."""
    with errors.told(), reading(scope.user_id, as_of) as (connection, _):
        return service.connected(connection, scope.account_ids, position)


def waiting(scope: Scope, as_of: date | None) -> pd.DataFrame:
    """`service.waiting` for the scope."""
    with errors.told(), reading(scope.user_id, as_of) as (connection, _):
        return service.waiting(connection, scope.account_ids)


# The Case Tracker ---------------------------------------------------------------------------------------------------

case_marketplaces = answers(case_tracker.marketplaces, of=Scope.of_sums)
case_statuses = answers(case_tracker.by_status, of=Scope.of_sums)


# The Case page ------------------------------------------------------------------------------------------------------

case = answers(case_questions.case)
case_items = answers(case_questions.items, PAGES)
case_payments = answers(case_questions.payments, PAGES)
case_entries = answers(case_questions.entries, PAGES)

# Outcomes -----------------------------------------------------------------------------------------------------------

outcome_rates = answers(outcomes.rates, of=Scope.of_sums)
outcomes_by_month = answers(outcomes.by_month, of=Scope.of_sums)
case_ageing = answers(outcomes.ageing, of=Scope.of_sums)
money_sources = answers(outcomes.sources, of=Scope.of_sums)


@kept(ANSWERS)
def time_to_resolution(scope: Scope, as_of: date | None, which: Which) -> tuple[Survival | None, int]:
    """The curve of `outcomes.durations`, and the number of cases left out because their day is unknown."""
    with reading(scope.user_id, as_of) as (connection, viewer):
        rows = outcomes.durations(connection, scope.of_sums(viewer), which)
    dated = rows[rows["days"].notna()]
    curve = time_to_end(list(dated["days"]), list(dated["is_resolved"]), list(dated["cases"]))
    return curve, int(rows["cases"].sum() - dated["cases"].sum())
