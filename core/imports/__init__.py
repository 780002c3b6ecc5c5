"""Report files that a user brings to a page: put into a folder of their own, and taken in by a process of its own."""

from core.imports.days import Days, FileDays, days_of
from core.imports.folder import Upload, safe_name
from core.imports.running import Import, Outcome, last_ended_at, look, start

__all__ = [
    "Days",
    "FileDays",
    "Import",
    "Outcome",
    "Upload",
    "days_of",
    "last_ended_at",
    "look",
    "safe_name",
    "start",
]
