"""The records of a JSON document, flattened to rows under one header.

An object within a record becomes dotted names (`shipToAddress.fcName`), a list of plain values one value, and a list of
named values (`[{"name": n, "value": v}]`, whatever the two are called) an object. A list of events becomes one value of
their tags, and a list of items their SKU, if all have the same (`items.sku`). Lists of other objects are dropped.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import FileRefused
from core.vocabulary import fold
from loaders.declare.report_format import ReportFormat
from loaders.read.file_errors import CHANGED, refusing_unreadable
from loaders.read.json_text import NAMED_TWICE, NESTED, JsonText, LargeParts, PartTooLarge

ENVELOPE = "payload"
"""An optional wrapper of the document: both marketplaces' APIs answer with and without it."""

LONGEST_HEADER = 1 << 16
"""Maximum characters of all names in a document's records."""

Cells = dict[str, str]


@dataclass(frozen=True)
class JsonDocument:
    """A JSON file. `names` are those of its outermost object (None: it is a list)."""

    path: Path
    encoding: str
    names: tuple[str, ...] | None = None
    large: LargeParts = field(default_factory=LargeParts, repr=False)

    @contextmanager
    def opened(self) -> Iterator[JsonText]:
        """Its text, from the beginning."""
        with refusing_unreadable(), self.path.open("rb") as handle:
            yield JsonText(handle, self.encoding, self.large)


@dataclass(frozen=True)
class Records:
    """The records of a JSON document as rows under one header."""

    document: JsonDocument
    report: type[ReportFormat]
    header: tuple[str, ...]

    def rows(self) -> Iterator[list[str]]:
        """Read them, one at a time. Raises FileRefused where the file has changed."""
        try:
            for record in _records(self.document, self.report):
                yield [record.get(name, "") for name in self.header]
        except PartTooLarge as error:
            raise FileRefused(CHANGED) from error


def outlined(path: Path, encoding: str) -> JsonDocument:
    """Scan a document once for its outermost names. Raises FileRefused for what is no JSON."""
    document = JsonDocument(path, encoding)
    with document.opened() as text:
        names: list[str] | None = None
        if text.peek() == "{":
            names = []
            for name in text.names():
                names.append(name)
                text.skip()
        else:
            text.skip()
        text.finish()
    return JsonDocument(path, encoding, None if names is None else tuple(names), document.large)


def records_of(document: JsonDocument, report: type[ReportFormat]) -> Records:
    """The header of the records at the format's path of lists (or single objects), and their reader.

    A row has all values of its own record, and the declared values of the objects around it: page numbers and tokens
    are not part of a record. A format that stores only declared columns has only those. Raises PartTooLarge for an
    oversized record.
    """
    found: dict[str, None] = {}
    length = 0
    for record in _records(document, report):
        for name in record:
            if name not in found:
                found[name] = None
                length += len(name)
        if length > LONGEST_HEADER:
            raise PartTooLarge
    header = (name for name in found if report.may_store(name) or not report.stores_declared_only)
    return Records(document, report, tuple(header))


def is_without_records(document: JsonDocument, report: type[ReportFormat]) -> bool:
    """Whether the format's list of records is there and empty, in a page or in all pages of a list."""
    try:
        with document.opened() as text:
            page = text.value()
    except PartTooLarge:
        return False
    pages = page if isinstance(page, list) else [page]
    return bool(pages) and all(_at_the_end(page, _path(document, report)) == [] for page in pages)


def _at_the_end(page: Any, path: Sequence[str]) -> Any:
    for name in path:
        page = page.get(name) if isinstance(page, dict) else None
    return page


def _path(document: JsonDocument, report: type[ReportFormat]) -> Sequence[str]:
    has_envelope = document.names is None or ENVELOPE in document.names
    return report.records[1:] if report.records[:1] == (ENVELOPE,) and not has_envelope else report.records


def _records(document: JsonDocument, report: type[ReportFormat]) -> Iterator[Cells]:
    path = _path(document, report)
    if path and document.names is not None and path[0] not in document.names:
        return
    declared = {name for column in report.columns for name in column.folded_names()}
    declared |= {fold(name) for name in report.place.headers}
    with document.opened() as text:
        try:
            yield from _read(text, path, {}, declared)
        except RecursionError as error:
            raise FileRefused(NESTED) from error


def _read(text: JsonText, path: Sequence[str], around: Cells, declared: set[str]) -> Iterator[Cells]:
    """Walk the value at this position: decoded as a whole if it is small, else opened."""
    try:
        node = text.value()
    except PartTooLarge:
        if text.peek() == "[":
            for _ in text.elements():
                yield from _read(text, path, around, declared)
        elif path and text.peek() == "{":
            yield from _read_opened(text, path, around, declared)
        else:
            raise
    else:
        yield from _walk(node, path, around, declared)


def _read_opened(text: JsonText, path: Sequence[str], around: Cells, declared: set[str]) -> Iterator[Cells]:
    """Walk a large object: first the values before and after the records, then the records."""
    found: int | None = None
    for name in text.names():
        if name == path[0]:
            found = text.tell()
            text.skip()
        else:
            around = {**around, **_declared({name: text.value()}, declared)}
    if found is not None:
        ends = text.tell()
        text.seek(found)
        yield from _read(text, path[1:], around, declared)
        text.seek(ends)


def _declared(node: dict[str, Any], declared: set[str]) -> Cells:
    return {name: value for name, value in _flattened(node).items() if fold(name) in declared}


def _walk(node: Any, path: Sequence[str], around: Cells, declared: set[str]) -> Iterator[Cells]:
    if isinstance(node, list):
        for entry in node:
            yield from _walk(entry, path, around, declared)
    elif isinstance(node, dict) and not path:
        yield {**around, **_flattened(node)}
    elif isinstance(node, dict) and path[0] in node:
        yield from _walk(node[path[0]], path[1:], {**around, **_declared(node, declared)}, declared)


def _flattened(node: dict[str, Any], prefix: str = "") -> Cells:
    cells: Cells = {}
    count = 0
    for name, value in node.items():
        if isinstance(value, list):
            value = _as_object(value) or _as_one_value(value)
        if isinstance(value, dict):
            inner = _flattened(value, f"{prefix}{name}.")
            cells.update(inner)
            count += len(inner)
        elif value is not _LEFT_OUT:
            cells[prefix + name] = _plain(value)
            count += 1
    if len(cells) != count:  # "a.b" may stand beside an "a" that has a "b"
        raise FileRefused(NAMED_TWICE)
    return cells


_LEFT_OUT = object()


EVENT_TAG = "eventTag"
"""The names that identify an event in a list of events."""


def _as_one_value(entries: list[Any]) -> Any:
    if entries and all(isinstance(entry, dict) and EVENT_TAG in entry for entry in entries):
        entries = [entry[EVENT_TAG] for entry in entries]
    if any(isinstance(entry, list | dict) for entry in entries):
        return _LEFT_OUT
    return ", ".join(_plain(entry) for entry in entries)


def _as_object(entries: list[Any]) -> dict[str, Any] | None:
    return _as_named_values(entries) or _with_one_sku(entries)


def _with_one_sku(entries: list[Any]) -> dict[str, Any] | None:
    """Add the SKU shared by all contexts of a transaction's items."""
    contexts = [
        context
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("contexts"), list)
        for context in entry["contexts"]
        if isinstance(context, dict)
    ]
    named = {str(context["sku"]) for context in contexts if context.get("sku")}
    return {"sku": named.pop()} if len(named) == 1 else None


def _as_named_values(entries: list[Any]) -> dict[str, Any] | None:
    named: dict[str, list[Any]] = {}
    for entry in entries:
        if not isinstance(entry, dict) or len(entry) != 2:
            return None
        roles = {"name" if key.lower().endswith("name") else "value": key for key in entry}
        if roles.keys() != {"name", "value"} or not roles["value"].lower().endswith("value"):
            return None
        named.setdefault(str(entry[roles["name"]]), []).append(entry[roles["value"]])
    return {name: values[0] if len(values) == 1 else ", ".join(map(str, values)) for name, values in named.items()}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
