"""The Overview page: totals and charts."""
