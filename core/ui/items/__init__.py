"""Lists of items: filters, rows and the way to each item."""
