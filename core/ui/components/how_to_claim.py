"""The way to How to claim."""

import streamlit as st


def how_to_claim() -> None:
    """Show the link to the page. It submits no claim."""
    st.page_link("pages/how_to_claim.py", label="How to claim", icon=":material/help:")
