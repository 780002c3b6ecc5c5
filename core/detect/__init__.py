"""Detection: one query per category, each of one grain. Detectors know no deadlines: the claim windows judge."""

from core.detect.batches import batches
from core.detect.run import Detected, detect, detect_all
from core.detect.steps import DETECTED

__all__ = ["DETECTED", "Detected", "batches", "detect", "detect_all"]
