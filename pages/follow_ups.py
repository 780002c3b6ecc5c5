"""What is to be looked into beside the claims: underpaid, approved and not paid, paid and not reported, withdrawn,
over.
"""

from core.ui.follow_ups import page
from core.ui.shell import frame

view = frame.page("Follow-ups")
page.show(view)
