"""Button to How to claim, the primary action of pages that show what is ready to claim."""

import streamlit as st

from core.ui.shell import links


def how_to_claim(place: str = "", *, key: str = "how_to_claim_button") -> None:
    """Show the button. The page lists the marketplace `place` (a code) first. Nothing is submitted."""
    if st.button("How to claim", icon=":material/arrow_forward:", icon_position="right", type="primary", key=key):
        links.go("How to claim", links.to_how_to_claim(place))
