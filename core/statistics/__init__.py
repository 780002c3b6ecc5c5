"""Estimates with their uncertainty. SciPy is imported by the functions that need it: it takes long to load."""

from core.statistics.shares import MoneySums, Share, share_of_cases, share_of_money
from core.statistics.survival import Survival, time_to_end

__all__ = ["MoneySums", "Share", "Survival", "share_of_cases", "share_of_money", "time_to_end"]
