"""The empty state of a list."""

import streamlit as st


def nothing(title: str, what_to_do: str = "") -> None:
    """Show an empty state: its title and what to do about it (both Markdown)."""
    with st.container(border=True):
        st.markdown(f":gray[:material/inbox:] **{title}**")
        if what_to_do:
            st.caption(what_to_do)
