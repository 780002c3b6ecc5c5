"""Outcomes: what wins, how long it takes, what is still open."""
