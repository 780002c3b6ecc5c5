"""Keeps sums equal to the rows that they sum, so that a page never adds up millions of rows."""
