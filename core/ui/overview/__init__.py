"""Overview: the totals and their charts."""
