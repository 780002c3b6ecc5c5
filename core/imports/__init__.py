"""Report files that a user brings to a page: put into a folder of their own, and taken in by a process of its own."""

from core.imports.folder import Upload, safe_name
from core.imports.running import Import, Outcome, last_ended_at, start

__all__ = ["Import", "Outcome", "Upload", "last_ended_at", "safe_name", "start"]
