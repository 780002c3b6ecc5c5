"""The report rows by which something was paid or taken back."""

from core.ui import frame, payment_list

view = frame.page("Payments")
payment_list.show(view)
