"""The Data sync page: report freshness, items waiting for missing days, refused files and rows, manual import."""

from core.ui.cache import figures
from core.ui.data_sync import coverage, importing, matrix, tables
from core.ui.shell import frame

view = frame.page("Data sync", needs_reports=False)
found = figures.sync_matrix(view.scope, view.as_of)

tables.troubles(found.totals)
coverage.gaps(view)
importing.section(view, is_open=found.is_empty)
if view.has_many_accounts:
    matrix.show(view, found)
else:
    tables.listed(view, "sync_reports")
    coverage.reports(view)
tables.refused_files(view)
tables.listed(view, "sync_issues", {"Rows": "Refused"})
tables.listed(view, "sync_words", {"Words": "Unknown"})
tables.missing(view)
