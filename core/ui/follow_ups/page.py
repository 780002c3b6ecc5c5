"""The Follow-ups page: five lists of things to check besides claims, each with advice."""

import streamlit as st

from core.lists import FOLLOW_UPS
from core.queries.follow_ups import FollowUpFilter
from core.text import searched
from core.ui import components
from core.ui.cache import answers
from core.ui.lists import rows
from core.ui.shell.view import View
from core.ui.text.words import number

_ICONS = {
    "underpaid": "trending_down",
    "approved_not_paid": "hourglass_bottom",
    "paid_not_reported": "report",
    "withdrawn": "undo",
    "surpluses": "add_circle",
}


def show(view: View) -> None:
    """Show the lists as tabs with row counts, and the selected list with its advice, sum, rows and download."""
    code = components.tile_tabs({code: _tile(view, code) for code in FOLLOW_UPS}, key="follow_ups_list", width=165)
    spec = FOLLOW_UPS[code]
    st.markdown(spec.advice)
    wanted, order = _choices(code)
    asked = rows.Asked(
        wanted,
        order,
        {"Follow-up": spec.label, "Search": wanted.search},
        has_many_marketplaces=len(view.marketplaces) > 1,
        nothing=("Nothing begins with this.",) if wanted.search else (),
    )
    rows.show(view, code, asked, key=f"follow_ups_{code}")


def _tile(view: View, code: str) -> components.Tile:
    spec = FOLLOW_UPS[code]
    found = int(answers.follow_up_sums(view.scope, view.as_of, code, FollowUpFilter())["rows"].sum())
    return components.Tile(spec.label, _ICONS[code], "orange" if found else "gray", (f"**{number(found)}**",))


def _choices(code: str) -> tuple[FollowUpFilter, str]:
    """Show the fields; returns the filter and the sort order of the list."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Search",
            key="follow_ups_search",
            bind="query-params",
            type="search",
            placeholder="SKU, order, reimbursement …",
            help="By what an id begins with.",
            width=260,
        )
        order = rows.order_choice(code, key="follow_ups", width=180)
        with_passed = code == "underpaid" and st.toggle("Include expired", key="follow_ups_passed", bind="query-params")
    return FollowUpFilter(searched(search), bool(with_passed)), order
