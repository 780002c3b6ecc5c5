"""Recoup's table of contents. Each page has its own gate (core/ui/gate.py): a deep link may come without this file."""

import streamlit as st

from core.settings import PROJECT

# An icon of Streamlit's own would be fetched from another server.
st.set_page_config(page_title="Recoup", page_icon=str(PROJECT / "core" / "ui" / "mark.svg"), layout="wide")

st.navigation(
    {
        "Recovery": [
            st.Page(
                "pages/overview.py",
                title="Overview",
                icon=":material/space_dashboard:",
                default=True,
                help="What is unclaimed, claimed and lost, in each currency, and what expires next.",
            ),
            st.Page(
                "pages/amazon.py",
                title="Amazon",
                icon=":material/package_2:",
                help="What Amazon may owe, by category and deadline, down to the single item.",
            ),
            st.Page(
                "pages/walmart.py",
                title="Walmart",
                icon=":material/storefront:",
                help="What Walmart United States may owe, by category and deadline, down to the single item.",
            ),
        ],
        "Cases": [
            st.Page(
                "pages/case_tracker.py",
                title="Case Tracker",
                icon=":material/fact_check:",
                help="Every case that the team filed: its status, what was claimed and what came back.",
            ),
        ],
    }
).run()
