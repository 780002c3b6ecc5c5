"""The layer in front of Streamlit: every request and browser message passes through it before any session."""

from core.ui.door.door import Door
from core.ui.door.front_page import PATH as FRONT_PAGE
from core.ui.door.front_page import front_page
from core.ui.door.ready import ready

__all__ = ["FRONT_PAGE", "Door", "front_page", "ready"]
