"""Orders of the demo world: sales, refunds, replacements, returns and fees."""
