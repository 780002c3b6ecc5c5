"""How fresh the reports are, what waits for missing days, what was refused, and the import of files by hand."""

from core.ui.cache import answers
from core.ui.data_sync import coverage, importing, tables
from core.ui.shell import frame

view = frame.page("Data sync", needs_reports=False)

tables.troubles(view)
coverage.gaps(view)
importing.section(view, is_open=answers.sync_troubles(view.scope, view.as_of).reports == 0)
tables.listed(view, "sync_reports")
coverage.reports(view)
tables.listed(view, "sync_refused")
tables.listed(view, "sync_issues", {"Rows": "Refused"})
tables.listed(view, "sync_words", {"Words": "Unknown"})
tables.missing(view)
