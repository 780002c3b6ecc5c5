"""Reads files: from bytes to cells."""
