"""What the service is, what it needs, and how to ask for it."""

import streamlit as st

from core.ui.how_to_claim import page
from core.ui.shell import frame
from core.ui.text.words import support

view = frame.page("How to claim", needs_reports=False)

st.markdown(
    "Recoup is a managed service: you look, the reimbursement team files. **Nothing on this page submits a claim**;"
    f" asking for the service tells the team. Reach it at **{support()}**."
)
page.explain()
if view.is_of_team:
    page.requests(view)
st.header("What it needs, and what is there", anchor=False)
page.prerequisites(view)
st.caption("What has passed its claim window may no longer be recovered, so the sooner the better.")
