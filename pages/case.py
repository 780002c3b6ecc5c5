"""One case: its status and why, what it covers, what was paid for it, and when."""

from core.ui import cached, case_page, frame

view = frame.page("Case")
case = case_page.wanted(view)

asked = view.scope, view.as_of, case_page.name_of(case)
covered, payments, entries = cached.case_items(*asked), cached.case_payments(*asked), cached.case_entries(*asked)
case_page.head(case)
case_page.story(case, payments)
case_page.items(view, case, covered)
case_page.entries(case, entries)
