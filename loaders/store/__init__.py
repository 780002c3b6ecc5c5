"""From cells to rows in the database: staged, merged, recorded."""
