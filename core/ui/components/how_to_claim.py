"""The way to How to claim, the primary action of the pages that show what is ready."""

import streamlit as st

from core.ui.shell import links


def how_to_claim(place: str = "", *, key: str = "how_to_claim_button") -> None:
    """Show the button that leads to the page, which begins with the marketplace of this code. It submits no claim."""
    if st.button("How to claim", icon=":material/arrow_forward:", icon_position="right", type="primary", key=key):
        links.go("How to claim", links.to_how_to_claim(place))
