"""What is said of a file of no known format: of its header only what reports have too. A file without a header begins
with data, and those may be a customer's.
"""

from collections.abc import Sequence

from core.errors import UnknownFormat
from loaders.columns import folded_header
from loaders.report_format import ReportFormat

MOST_SHOWN = 12

Lacking = tuple[type[ReportFormat], tuple[str, ...]]
"""A format, and what a file lacks of it."""


def unknown_table(header: Sequence[str], formats: Sequence[type[ReportFormat]]) -> UnknownFormat:
    """The refusal of a table with this header."""
    lacking = [(report, report.lacking(header)) for report in formats]
    needed = {report: len(report.lacking(())) for report in formats}
    near = [(report, lacks) for report, lacks in lacking if len(lacks) * 2 < needed[report]]
    return UnknownFormat(
        f"is of no known format. {_header(header, formats)}{_nearest(near, 'Export it with all columns')}"
    )


def unknown_records(
    names: Sequence[str] | None,
    found: Sequence[tuple[type[ReportFormat], Sequence[str]]],
    formats: Sequence[type[ReportFormat]],
) -> UnknownFormat:
    """The refusal of a JSON document with these outermost names; None: it is a list.

    `found` are the formats whose records it may hold, each with the names that those records have.
    """
    lacking = [(report, report.lacking_in_records(header)) for report, header in found]
    near = [(report, lacks) for report, lacks in lacking if len(lacks) * 2 < len(report.lacking_in_records(()))]
    advice = "It may stand in each record, or once beside their list"
    header = "It is a list" if names is None else _header(names, formats)
    return UnknownFormat(f"is of no known format. {header}{_nearest(near, advice)}")


def _header(names: Sequence[str], formats: Sequence[type[ReportFormat]]) -> str:
    known = {name for report in formats for column in report.columns for name in column.folded_names()}
    known |= {folded_header(name) for report in formats for name in (*report.place.headers, *report.records)}
    shown = list(dict.fromkeys(name.strip() for name in names if folded_header(name) in known))
    count = f"{len(names)} name{'' if len(names) == 1 else 's'}"
    if not shown:
        return f"Its header has {count}, none of which a report has"
    listed = ", ".join(shown[:MOST_SHOWN]) + ("…" if len(shown) > MOST_SHOWN else "")
    return f"Its header has {count}; of these, reports have: {listed}"


def _nearest(near: Sequence[Lacking], advice: str) -> str:
    if not near:
        return ""
    report, lacks = min(near, key=lambda one: len(one[1]))
    listed = ", ".join(lacks[:MOST_SHOWN]) + ("…" if len(lacks) > MOST_SHOWN else "")
    return f". It may be {report.code} without {listed}. {advice}"
