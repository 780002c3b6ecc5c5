"""The list of cases."""

from dataclasses import replace
from typing import Literal

from core.lists.common import ACCOUNT, CATEGORY, CURRENCY, MARKETPLACE
from core.lists.list_spec import Column, Lead, ListSpec
from core.queries import case_tracker
from core.queries.case_tracker import CaseFilter
from core.vocabulary import CASE_ORIGINS, CASE_STATUSES, GLOSSARY

COLOURS: dict[str, Literal["orange", "blue", "red", "gray"]] = {
    "open": "orange",
    "partially_reimbursed": "blue",
    "fully_reimbursed": "blue",
    "not_eligible": "red",
    "closed": "gray",
}
"""Theme colours of the statuses, by the total that their money is heading for."""

CASES = ListSpec(
    "cases",
    noun="case",
    query=case_tracker.cases,
    filter=CaseFilter,
    keys=case_tracker.ORDERS,
    orders={"opened": "Newest", "claimed": "Largest filed", "changed": "Latest change"},
    columns=(
        Column("case_id", "Case", file="text", sorts=True, width=120),
        replace(CATEGORY, sorts=True, width=170),
        Column(
            "status",
            "Status",
            "badges",
            file="text",
            sorts=True,
            registry=CASE_STATUSES,
            colours=tuple(COLOURS.values()),
        ),
        Column("claimed_amount", "Filed", "amount", file="amount", sorts=True, help=GLOSSARY["Filed"].meaning),
        Column(
            "recovered_amount", "Recovered", "amount", file="amount", sorts=True, help=GLOSSARY["Recovered"].meaning
        ),
        CURRENCY,
        Column("opened_on", "Opened", "date", file="date", sorts=True),
        Column("age_days", "Age", "days", file="number", sorts=True, help="Until it was closed, or until today."),
        ACCOUNT,
        replace(MARKETPLACE, sorts=True),
        Column("changed_on", "Last change", "date", file="date", sorts=True),
        Column("appeal_until", "Appeal until", "date", file="date", sorts=True, may_be_empty=True),
        Column("claimed_units", "Units filed", "count", file="number", sorts=True),
        Column("recovered_units", "Units recovered", "count", file="number", sorts=True),
        Column("origin", "Source", file="text", sorts=True, registry=CASE_ORIGINS),
        Column("note", "Note", "wide", file="text", sorts=True, may_be_empty=True),
    ),
    leads=(Lead("case", help="Its items, payments and history.", column="case_id"),),
    alt="Cases: the first column opens one",
    nothing=("No case fits these filters.", "Remove one of them, or search by case id."),
    file_name="cases",
    file_order="account marketplace case_id status category opened_on age_days changed_on appeal_until claimed_units"
    " claimed_amount recovered_units recovered_amount currency origin note",
)
