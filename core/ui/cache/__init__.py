"""Caches of what pages ask and of what they make of it, shared by all sessions."""
