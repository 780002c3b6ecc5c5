"""The report rows by which something was paid or taken back."""

from core.ui.payments import page
from core.ui.shell import frame

view = frame.page("Payments")
page.show(view)
