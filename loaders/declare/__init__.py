"""Declarations of report formats: columns, marketplaces, dates, decimals, records."""
