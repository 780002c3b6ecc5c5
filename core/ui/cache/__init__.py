"""Caches of query results, and of figures and tables built from them, shared by all sessions."""
