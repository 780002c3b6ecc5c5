"""What is to be looked into beside the claims: underpaid, approved and not paid, paid and not reported, withdrawn,
over.
"""

from core.ui import follow_up_list, frame

view = frame.page("Follow-ups")
follow_up_list.show(view)
