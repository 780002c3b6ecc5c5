"""What runs out next over all accounts, and where most of it is."""

from core.ui import frame, worklist

view = frame.page("Expiring")
worklist.show(view)
