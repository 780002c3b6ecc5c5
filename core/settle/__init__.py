"""Settles what is owed: which payments, finds, reversals and cases belong to which units, and what is left of each
item.
"""
