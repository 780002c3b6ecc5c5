"""The page of a case: its status and the reason, items, payments and history."""

from core.ui.cache import answers
from core.ui.case import page
from core.ui.shell import frame

view = frame.page("Case")
case = page.wanted(view)

asked = view.scope, view.as_of, page.name_of(case)
covered, payments, entries = answers.case_items(*asked), answers.case_payments(*asked), answers.case_entries(*asked)
page.head(view, case)
page.history(case, payments)
page.items(view, case, covered)
page.entries(case, entries)
