"""Imports from a page: uploaded report files get a temporary folder, and a separate process syncs them."""

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
