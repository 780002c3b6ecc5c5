"""Follow-ups: five lists of what is to be looked into beside the claims, each with what to do about it."""

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
    """Show the lists as tabs with their counts, what to do about the chosen one, its sum, its rows, its download."""
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
    """The filter and the order of a list."""
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
