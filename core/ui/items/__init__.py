"""Lists of items: filters and rows."""
