"""How fresh the reports are, what waits for missing days, what was refused, and the import of files by hand."""

from core.ui import cached, coverage_tables, frame, importing, sync_tables

view = frame.page("Data sync", needs_reports=False)

sync_tables.troubles(view)
coverage_tables.gaps(view)
importing.section(view, is_open=cached.sync_troubles(view.scope, view.as_of).reports == 0)
sync_tables.reports(view)
coverage_tables.reports(view)
sync_tables.refused_files(view)
sync_tables.refused_rows(view)
sync_tables.unknown_words(view)
sync_tables.missing(view)
