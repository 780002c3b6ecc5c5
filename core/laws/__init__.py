"""Invariants: the four laws of the money, as queries that return no row, and further checks."""

from core.laws.run import LAWS, Violation, check_all

__all__ = ["LAWS", "Violation", "check_all"]
