"""Lists as files: all rows that match the filter, with exact values that are harmless in a spreadsheet."""

from core.exports.cells import harmless
from core.exports.csv_file import write_csv
from core.exports.table import Kind, Table
from core.exports.workbook import MOST_ROWS, write_workbook

__all__ = ["MOST_ROWS", "Kind", "Table", "harmless", "write_csv", "write_workbook"]
