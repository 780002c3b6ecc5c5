"""Refusal messages for files of no known format. A message quotes only header names that reports have too: a file
without a header begins with data, possibly a customer's.
"""

from collections.abc import Sequence

from core.errors import FileRefused, UnknownFormat
from core.vocabulary import fold
from loaders.declare.report_format import ReportFormat

MOST_SHOWN = 12

_AS_CSV = "Save the sheet as .xlsx or as CSV, and take that in"
_KINDS: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        f"is a workbook of Excel 97 to 2003 (.xls), or one with a password. {_AS_CSV}, without a password",
    ),
    (b"%PDF", "is a PDF; export the report as text or CSV"),
    (b"<?xml", "is an XML document; export the report as a flat file (text or CSV)"),
    (b"<!doctype html", "is a web page and no report: perhaps the sign-in page was saved. Download the report again"),
    (b"<html", "is a web page and no report: perhaps the sign-in page was saved. Download the report again"),
)
"""Signatures of files that are no text report, with the message for each."""

_OF_DATE_RANGE = (
    ("date/time", "settlement id"),
    ("datum/uhrzeit", "abrechnungsnummer"),
    ("date/heure", "numéro de versement"),
    ("fecha y hora", "identificador de pago"),
    ("data/ora:", "numero pagamento"),
    ("data/ora", "numero pagamento"),
    ("datum/tijd", "schikkings-id"),
    ("datum/tid", "reglerings-id"),
    ("data/godzina", "identyfikator rozliczenia"),
    ("data/hora", "id da liquidação"),
    ("日付/時間", "決済番号"),
)
"""The first two header names of Amazon's date range report, in the languages of its marketplaces."""

Lacking = tuple[type[ReportFormat], tuple[str, ...]]
"""A format, and the columns that a file lacks."""


def refuse_other_kinds(begins: bytes) -> None:
    """Raises FileRefused for a known kind of file that is not read, by its first bytes."""
    bare = begins[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, message in _KINDS:
        if bare.startswith(mark.lower()):
            raise FileRefused(message)


def refuse_known_others(lines: Sequence[str]) -> None:
    """Raises UnknownFormat for a known report that is not read, by its first lines."""
    for line in lines:
        lowered = line.replace('"', "").casefold()
        if any(lowered.startswith(first) and second in lowered for first, second in _OF_DATE_RANGE):
            raise UnknownFormat(
                "is Amazon's date range transaction report, which Recoup does not read: it names no reimbursement and"
                " no FNSKU. Export the settlement report instead (Payments, All Statements, Flat File V2), and FBA"
                " reimbursements for what was paid"
            )


def unknown_table(headers: Sequence[Sequence[str]], formats: Sequence[type[ReportFormat]]) -> UnknownFormat:
    """The refusal of a table that may have one of these headers: the one with the most names of reports, among equals
    the longest.
    """
    known = _known(formats)
    header = max(headers, key=lambda names: (sum(fold(name) in known for name in names), len(names)))
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

    `found` are the formats whose records it may hold, each with the names of its records.
    """
    lacking = [(report, report.lacking_in_records(header)) for report, header in found]
    near = [(report, lacks) for report, lacks in lacking if len(lacks) * 2 < len(report.lacking_in_records(()))]
    advice = "It may stand in each record, or once beside their list"
    header = "It is a list" if names is None else _header(names, formats)
    return UnknownFormat(f"is of no known format. {header}{_nearest(near, advice)}")


def _known(formats: Sequence[type[ReportFormat]]) -> set[str]:
    known = {name for report in formats for column in report.columns for name in column.folded_names()}
    return known | {fold(name) for report in formats for name in (*report.place.headers, *report.records)}


def _header(names: Sequence[str], formats: Sequence[type[ReportFormat]]) -> str:
    known = _known(formats)
    shown = list(dict.fromkeys(name.strip() for name in names if fold(name) in known))
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
