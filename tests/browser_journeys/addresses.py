"""Where each page is, as one of the demo's users, and which rows the pages of a row are shown for."""

from urllib.parse import urlencode

from core.ui.shell.navigation import PAGES

USERS = {
    "account_manager": "manager@example.com",
    "seller": "other.seller@example.com",
    "staff": "staff@example.com",
}
"""A user of each role who has Kestrel Home, as the address names it."""

Rows = dict[str, dict[str, str]]
"""By a page's title, what its address says beside the user."""

ROWS = {
    "Item": "select i.account, item_id::text as item from reporting.items i"
    " where i.account = 'KESTREL' and case_id <> '' and units_claimed > 0 order by item_id limit 1",
    "Case": "select c.account, marketplace, case_id as case from reporting.cases c"
    " where c.account = 'KESTREL' and status = 'partially_reimbursed' order by case_id limit 1",
}
"""The questions whose answers are the Rows: an item of many stories, and a case."""


def path_of(title: str) -> str:
    """The first page has no path of its own."""
    return "" if title == "Overview" else PAGES[title].file


def address_of(address: str, title: str, role: str, rows: Rows, **choices: str) -> str:
    """The address of a page for a role, on the dashboard at `address`."""
    return f"{address}/{path_of(title)}?{urlencode({'user': USERS[role]} | rows.get(title, {}) | choices)}"
