"""What day it is, in SQL: in each marketplace, and on earth."""

DAYS = "day as materialized (select marketplace, today from derived.day)"
"""The common table expression that others are joined with. It is worked out once: where a query and row security name
the same account, few rows are expected, and it would be worked out for each.
"""

TODAY = "m.today"
"""What day it is in the marketplace of a row that is joined with `day as m`."""

FIRST_TODAY, LAST_TODAY = "derived.today('Etc/GMT+12')", "derived.today('Etc/GMT-14')"
"""What day it is in the last time zone on earth and in the first one: what an index can be asked for."""
