"""The Payments page: the report rows of payments and reversals."""

from core.ui.payments import page
from core.ui.shell import frame

view = frame.page("Payments")
page.show(view)
