"""`python -m core.exports IN.csv OUT.xlsx` makes a workbook; columns and what it is about come by standard input."""

import json
import sys
from pathlib import Path

from core.exports.workbook import convert

told = json.load(sys.stdin)
convert(Path(sys.argv[1]), Path(sys.argv[2]), told["columns"], told["about"])
