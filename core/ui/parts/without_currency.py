"""What has no amount in any currency."""

import streamlit as st

from core.ui.words import count
from core.vocabulary import STAGES


def without_currency(items: int) -> None:
    """Say how many items have no currency yet, where there are any."""
    if items:
        st.caption(
            f":material/help_center: {count(items, 'item')} beside these: the marketplace is not known, and with it the"
            f" currency. They are in *{STAGES['review'].label}*."
        )
