"""The records of a JSON document, flattened to rows under one header.

An object within a record becomes dotted names (`shipToAddress.fcName`), a list of plain values one value, and a list of
named values (`[{"name": n, "value": v}]`, whatever the two are called) an object. Lists of other objects are left out.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from loaders.columns import folded_header
from loaders.report_format import ReportFormat

ENVELOPE = "payload"
"""Around a document or not: both marketplaces' APIs answer both ways."""

Cells = dict[str, str]


def records_of(document: Any, report: type[ReportFormat]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The header and the rows at the end of the format's path of lists (or single objects).

    A row has all values of its own record. Of the objects around it, it has those that the format declares: page
    numbers and tokens are no part of a record.
    """
    declared = {name for column in report.columns for name in column.folded_names()}
    declared |= {folded_header(name) for name in report.place.headers}
    found = list(_walk(document, _path(document, report), {}, declared))
    header = tuple(dict.fromkeys(name for record in found for name in record))
    return header, tuple(tuple(record.get(name, "") for name in header) for record in found)


def is_page_without_records(document: Any, report: type[ReportFormat]) -> bool:
    """Whether the format's list of records is there and empty."""
    for name in _path(document, report):
        document = document.get(name) if isinstance(document, dict) else None
    return isinstance(document, list) and not document


def _path(document: Any, report: type[ReportFormat]) -> Sequence[str]:
    has_envelope = isinstance(document, list) or (isinstance(document, dict) and ENVELOPE in document)
    return report.records[1:] if report.records[:1] == (ENVELOPE,) and not has_envelope else report.records


def _walk(node: Any, path: Sequence[str], around: Cells, declared: set[str]) -> Iterator[Cells]:
    if isinstance(node, list):
        for entry in node:
            yield from _walk(entry, path, around, declared)
    elif isinstance(node, dict) and not path:
        yield {**around, **_flattened(node)}
    elif isinstance(node, dict) and path[0] in node:
        own = {name: value for name, value in _flattened(node).items() if folded_header(name) in declared}
        yield from _walk(node[path[0]], path[1:], {**around, **own}, declared)


def _flattened(node: dict[str, Any], prefix: str = "") -> Cells:
    cells: Cells = {}
    for name, value in node.items():
        if isinstance(value, list):
            value = _as_object(value) or _as_one_value(value)
        if isinstance(value, dict):
            cells.update(_flattened(value, f"{prefix}{name}."))
        elif value is not _LEFT_OUT:
            cells[prefix + name] = _plain(value)
    return cells


_LEFT_OUT = object()


def _as_one_value(entries: list[Any]) -> Any:
    if any(isinstance(entry, list | dict) for entry in entries):
        return _LEFT_OUT
    return ", ".join(_plain(entry) for entry in entries)


def _as_object(entries: list[Any]) -> dict[str, Any] | None:
    named: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or len(entry) != 2:
            return None
        roles = {"name" if key.lower().endswith("name") else "value": key for key in entry}
        if roles.keys() != {"name", "value"} or not roles["value"].lower().endswith("value"):
            return None
        name, value = str(entry[roles["name"]]), entry[roles["value"]]
        named[name] = f"{named[name]}, {value}" if name in named else value
    return named or None


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
