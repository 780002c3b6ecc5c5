"""Follow-ups: five lists of what is to be looked into beside the claims, each with what to do about it."""

import streamlit as st

from core.lists import FOLLOW_UPS
from core.queries.follow_ups import FollowUpFilter
from core.text import searched
from core.ui.lists import rows
from core.ui.shell import coded
from core.ui.shell.view import View


def show(view: View) -> None:
    """Show the chosen list: what to do, its sum, its rows, its download."""
    code, wanted, order = _choices()
    spec = FOLLOW_UPS[code]
    st.markdown(spec.advice)
    asked = rows.Asked(
        wanted,
        order,
        {"Follow-up": spec.label, "Search": wanted.search},
        has_many_marketplaces=len(view.marketplaces) > 1,
        nothing=("Nothing begins with this.",) if wanted.search else (),
    )
    rows.show(view, code, asked, key=f"follow_ups_{code}")


def _choices() -> tuple[str, FollowUpFilter, str]:
    """The code of the chosen list, its filter and its order."""
    labels = {code: spec.label for code, spec in FOLLOW_UPS.items()}
    code = coded.segments("What to follow up", labels, key="follow_ups_list", label_visibility="collapsed")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Search",
            key="follow_ups_search",
            bind="query-params",
            type="search",
            placeholder="SKU, order, reimbursement …",
            help="By what an id of the row begins with.",
            width=260,
        )
        order = rows.order_choice(code, key="follow_ups", width=180)
        with_passed = code == "underpaid" and st.toggle(
            "Those whose time has passed as well", key="follow_ups_passed", bind="query-params"
        )
    return code, FollowUpFilter(searched(search), bool(with_passed)), order
