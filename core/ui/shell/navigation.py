"""The pages: their order, names, icons and roles."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from core.vocabulary import ROLES

EVERYONE = frozenset(ROLES)
OF_MANY_ACCOUNTS = frozenset({"account_manager", "staff"})


@dataclass(frozen=True)
class PageEntry:
    """One page: its file in pages/, and its entry in the navigation.

    Only `roles` have access; for others the page does not exist, even by URL. A page that is not `is_listed` opens from
    rows of other pages. `choices` is the prefix of the page's query parameters; empty if it has none.
    """

    file: str
    title: str
    group: str
    icon: str
    help: str
    roles: frozenset[str] = EVERYONE
    is_listed: bool = True
    choices: str = ""


_ALL = (
    PageEntry(
        "overview",
        "Overview",
        "Recovery",
        "space_dashboard",
        "What is unclaimed, claimed and lost, in each currency, and what expires next.",
        choices="overview_",
    ),
    PageEntry(
        "amazon",
        "Amazon",
        "Recovery",
        "package_2",
        "What Amazon may owe, by category and deadline, down to the single item.",
        choices="amazon_",
    ),
    PageEntry(
        "walmart",
        "Walmart",
        "Recovery",
        "storefront",
        "What Walmart United States may owe, by category and deadline, down to the single item.",
        choices="walmart_",
    ),
    PageEntry(
        "expiring",
        "Expiring",
        "Recovery",
        "alarm",
        "What runs out over all accounts, by account and deadline, soonest first.",
        OF_MANY_ACCOUNTS,
        choices="expiring_",
    ),
    PageEntry(
        "items",
        "Items",
        "Recovery",
        "list",
        "The items behind a figure, over all marketplaces.",
        is_listed=False,
        choices="items_",
    ),
    PageEntry(
        "payments",
        "Payments",
        "Recovery",
        "payments",
        "Every report row by which something was paid or taken back, and what it settled.",
        choices="payments_",
    ),
    PageEntry(
        "item",
        "Item",
        "Recovery",
        "receipt_long",
        "What happened, which rule holds, how the value was reached, and the report's own rows.",
        is_listed=False,
    ),
    PageEntry(
        "case_tracker",
        "Case Tracker",
        "Cases",
        "fact_check",
        "Every case that the team filed: its status, what was claimed and what came back.",
        choices="cases_",
    ),
    PageEntry(
        "follow_ups",
        "Follow-ups",
        "Cases",
        "assignment_late",
        "What was paid too low, approved and not paid, paid and not reported, withdrawn, or is over; and what to do.",
        choices="follow_ups_",
    ),
    PageEntry(
        "case",
        "Case",
        "Cases",
        "folder_open",
        "One case: its status and why, its items, its reimbursement rows and its history.",
        is_listed=False,
    ),
    PageEntry(
        "outcomes",
        "Outcomes",
        "Cases",
        "query_stats",
        "Which cases win, how long they take, how old the open ones are, and what is paid without a case.",
        choices="outcomes_",
    ),
    PageEntry(
        "data_sync",
        "Data sync",
        "Data",
        "sync",
        "How fresh each report is, what is missing, what was refused and why, and the import of files.",
        choices="sync_",
    ),
    PageEntry(
        "how_to_claim",
        "How to claim",
        "Help",
        "help",
        "What the reimbursement service does, what it needs, and how to ask for it.",
    ),
)

PAGES: dict[str, PageEntry] = {entry.title: entry for entry in _ALL}
"""All pages by title, in navigation order; the first is the front page."""


def has_page(role: str, title: str) -> bool:
    """Whether a role has access to the page with this title."""
    return role in PAGES[title].roles


def navigation(role: str | None) -> dict[str, list[StreamlitPage]]:
    """The navigation of a role, by group. None, while the visitor is unknown, lists the pages that every role has.

    A page without access is hidden but still routed: opened by its URL, it shows a message (frame.page).
    """
    sections: dict[str, list[StreamlitPage]] = {}
    for entry in PAGES.values():
        is_seen = entry.is_listed and (entry.roles == EVERYONE if role is None else role in entry.roles)
        page = st.Page(
            f"pages/{entry.file}.py",
            title=entry.title,
            icon=f":material/{entry.icon}:",
            default=entry is _ALL[0],
            visibility="visible" if is_seen else "hidden",
            help=entry.help,
        )
        sections.setdefault(entry.group, []).append(page)
    return sections
