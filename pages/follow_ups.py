"""The Follow-ups page: underpaid, approved but not paid, paid but not reported, withdrawn, surplus."""

from core.ui.follow_ups import page
from core.ui.shell import frame

view = frame.page("Follow-ups")
page.show(view)
