"""SQL of today's date, by marketplace and by the time zones on earth."""

DAYS = "day as materialized (select marketplace, today from derived.day)"
"""Common table expression to join. It is materialized because PostgreSQL expects few rows if a query and row security
name the same account, and would then evaluate it for each row.
"""

TODAY = "m.today"
"""Today in the marketplace of a row that is joined with `day as m`."""

FIRST_TODAY, LAST_TODAY = "derived.today('Etc/GMT+12')", "derived.today('Etc/GMT-14')"
"""Today in the last and the first time zone on earth: bounds that are the same for all rows, for an index."""
