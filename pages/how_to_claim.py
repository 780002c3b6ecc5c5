"""What the service is, what it needs, and how to ask for it."""

import streamlit as st

from core.ui import frame, service
from core.ui.words import support

view = frame.page("How to claim", needs_reports=False)

st.markdown(
    "Recoup is a managed service: you look, the reimbursement team files. **Nothing on this page submits a claim**;"
    f" asking for the service tells the team. Reach it at **{support()}**."
)
service.explain()
if view.is_of_team:
    service.requests(view)
st.header("What it needs, and what is there", anchor=False)
service.prerequisites(view)
st.caption("What has passed its claim window may no longer be recovered, so the sooner the better.")
