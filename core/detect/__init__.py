"""Finds what may be owed: one query a category, each of one grain, that names no policy (the claim windows judge)."""

from core.detect.run import Detected, detect, detect_all
from core.detect.steps import DETECTORS
from core.detect.together import together

__all__ = ["DETECTORS", "Detected", "detect", "detect_all", "together"]
