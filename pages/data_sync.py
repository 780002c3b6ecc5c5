"""How fresh the reports are, what waits for missing days, what was refused, and the import of files by hand."""

from core.ui.cache import answers
from core.ui.data_sync import coverage, importing, tables
from core.ui.shell import frame

view = frame.page("Data sync", needs_reports=False)

tables.troubles(view)
coverage.gaps(view)
importing.section(view, is_open=answers.sync_troubles(view.scope, view.as_of).reports == 0)
tables.reports(view)
coverage.reports(view)
tables.refused_files(view)
tables.refused_rows(view)
tables.unknown_words(view)
tables.missing(view)
