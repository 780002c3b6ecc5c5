"""`python -m core.exports IN.csv OUT.xlsx` makes a workbook; standard input has its columns and About sheet."""

import json
import sys
from pathlib import Path

from core.exports.workbook import convert

told = json.load(sys.stdin)
convert(Path(sys.argv[1]), Path(sys.argv[2]), told["columns"], told["about"])
