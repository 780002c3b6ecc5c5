"""Groups: report rows of a large account that can influence each other. A sync detects only the groups that it touches.

Rows with a common name are of one group (core.reporting.report_rows), transitively. Groups only grow until the whole
account is detected anew; a group that is larger than necessary costs time and changes no result.
"""

from core.detect.groups.changed import detect_changed
from core.detect.groups.judged import remember, take_touched
from core.detect.groups.whole import settle_all

__all__ = ["detect_changed", "remember", "settle_all", "take_touched"]
