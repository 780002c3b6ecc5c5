"""What a report format declares: columns, places, dates, decimals, records."""
