"""Writes plain files: tables as CSV, the tables of a region by quarters, JSON; and the day ranges of exports."""

import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.vocabulary import Channel, Marketplace

if TYPE_CHECKING:
    from loaders.demo.model.facts import Facts

Row = tuple[object, ...]
Span = tuple[date, date]
"""First and last day, both inclusive."""


_HEADERS = tomllib.loads(Path(__file__).with_name("headers.toml").read_text(encoding="utf-8"))


def header(report: str) -> tuple[str, ...]:
    """The column names of a report (headers.toml)."""
    return tuple(_HEADERS[report].split(","))


def of(entity: object, names: str) -> Row:
    """The values of an entity's attributes, which are named as in `sku goods.title`."""
    found: Row = attrgetter(*names.split())(entity)
    return found


def amazon(facts: "Facts") -> list[Marketplace]:
    """The seller's marketplaces at Amazon."""
    return [m for m in facts.seller.marketplaces if m.channel is Channel.AMAZON]


def regions(facts: "Facts") -> list[str]:
    """The regions of the seller's marketplaces at Amazon, in order."""
    return sorted({m.api_region for m in amazon(facts)})


def in_form(facts: "Facts") -> Callable[[Decimal], object]:
    """How the seller's reports at Amazon write an amount: some with a decimal comma."""
    return comma if facts.seller.reimbursements == "decimal comma" else lambda amount: amount


def write_by_quarter(
    facts: "Facts",
    folder: Path,
    report: str,
    columns: Callable[[str], Sequence[str]] | Sequence[str],
    rows: Iterable[tuple[str, date, Row]],
) -> None:
    """Write the rows of each region at Amazon, which come with their region and day, a quarter per file."""
    found: dict[str, list[tuple[date, Row]]] = defaultdict(list)
    for region, on, row in rows:
        found[region].append((on, row))
    for region in regions(facts):
        for span in by_month(facts.since, facts.today, 3):
            within = [row for on, row in found[region] if span[0] <= on <= span[1]]
            if within:
                path = folder / "amazon" / named(report, region, span, "tsv")
                of_region = columns(region) if callable(columns) else columns
                write_table(path, of_region, within, delimiter="\t", encoding=facts.seller.encoding)


def write_table(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    quoted: bool = False,
    encoding: str = "utf-8",
) -> None:
    """Write a table with its header line. With tabs nothing is quoted, else what needs it, or everything."""
    path.parent.mkdir(parents=True, exist_ok=True)
    quoting: Literal[0, 1, 3] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    if delimiter == "\t":
        quoting = csv.QUOTE_NONE
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=quoting, quotechar='"', lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_json(path: Path, document: object) -> None:
    """Write a JSON document, indented, with unescaped letters."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def comma(amount: Decimal) -> str:
    """The amount with a decimal comma, as in European reports."""
    return str(amount).replace(".", ",")


def iso(day: date | None) -> str:
    """The day in ISO form, or nothing."""
    return day.isoformat() if day else ""


def american(day: date) -> str:
    """The day as MM/DD/YYYY."""
    return f"{day:%m/%d/%Y}"


def by_month(first: date, last: date, months: int = 1) -> tuple[Span, ...]:
    """The calendar months (or groups of so many, counted from January) from `first` to `last`, cut off at both."""
    spans = []
    start = first
    while start <= last:
        index = start.month - 1 - (start.month - 1) % months + months
        following = date(start.year + index // 12, index % 12 + 1, 1)
        spans.append((start, min(last, following - timedelta(days=1))))
        start = following
    return tuple(spans)


def named(report: str, where: str, span: Span, ending: str) -> str:
    """A file name with its report, region and first and last day."""
    return f"{report}_{where}_{span[0].isoformat()}_{span[1].isoformat()}.{ending}"
