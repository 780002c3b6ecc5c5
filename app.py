"""Recoup's table of contents. Each page has its own gate (core/ui/gate.py): a deep link may come without this file."""

import streamlit as st

from core.settings import PROJECT
from core.ui import contents, gate, runs

# An icon of Streamlit's own would be fetched from another server.
st.set_page_config(page_title="Recoup", page_icon=str(PROJECT / "core" / "ui" / "mark.svg"), layout="wide")

if "role" not in st.session_state:
    st.session_state["role"] = gate.foreseen_role()
page = st.navigation(contents.navigation(st.session_state["role"]))
with runs.measured(page.title):
    page.run()
