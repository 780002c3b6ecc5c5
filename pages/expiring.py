"""What runs out next over all accounts, and where most of it is."""

from core.ui.expiring import page
from core.ui.shell import frame

view = frame.page("Expiring")
page.show(view)
