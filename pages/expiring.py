"""The Expiring page: what expires next across all accounts, and where most of it is."""

from core.ui.expiring import page
from core.ui.shell import frame

view = frame.page("Expiring")
page.show(view)
