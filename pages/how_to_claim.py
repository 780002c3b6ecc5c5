"""The How to claim page: what the service is, its status per marketplace, and how to request it."""

import streamlit as st

from core.ui.how_to_claim import page
from core.ui.shell import frame
from core.ui.text.words import support

view = frame.page("How to claim", needs_reports=False)

st.markdown(f"You review; our team files. Contact: **{support()}**.")
if view.is_of_team:
    page.requests(view)
page.setup(view)
page.steps()
