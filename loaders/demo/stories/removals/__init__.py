"""Removals: what sellers have sent back or disposed of, what gets lost on the way, and what nobody asked for."""
