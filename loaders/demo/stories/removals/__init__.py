"""Removals: units that sellers have returned or disposed of, losses on the way, and disposals without an order."""
