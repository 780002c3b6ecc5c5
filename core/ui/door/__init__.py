"""What stands before Streamlit: each request and each message of a browser passes here first, before any session."""

from core.ui.door.door import Door
from core.ui.door.ready import ready

__all__ = ["Door", "ready"]
