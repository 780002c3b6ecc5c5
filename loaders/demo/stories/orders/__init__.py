"""Orders of the demo world: what was sold, refunded, replaced and sent back, and what was charged for it."""
