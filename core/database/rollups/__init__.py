"""Rollups: keeps precomputed sums equal to their rows, so that a page never adds up millions of rows."""
