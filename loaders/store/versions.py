"""Versions of a row, as SQL: which of two versions is newer, and which marketplace it takes from the other.

`n` are staged rows, `t` stored ones.
"""

from typing import NamedTuple

from loaders.declare.report_format import ReportFormat
from loaders.store.staging import days_of_moments


def version_of(report: type[ReportFormat], side: str, exported_on: str) -> str:
    """The values by which two versions of a row are compared."""
    parts = [f"coalesce({side}.{name}, '-infinity')" for name in report.as_of]
    parts += [_rank(report, side)] if report.ranks else []
    parts += [f"coalesce({exported_on}, '-infinity')"]
    parts += [f"coalesce({side}.{name}, -1)" for name in report.prefers]
    return f'({", ".join(parts)}, {side}.source_line collate "C")'


def _rank(report: type[ReportFormat], side: str) -> str:
    whens = " ".join(f"when '{word.lower()}' then {rank}" for word, rank in report.ranks.items())
    return f"case lower({side}.{report.ranked_by}) {whens} else 0 end"


def order_within_file(report: type[ReportFormat]) -> str:
    """The order of rows of one key in one file: of versions of one row the best comes first."""
    preferred = [f"{name} desc nulls last" for name in report.prefers]
    if not report.is_unique:
        return ", ".join([*preferred, *_contents(report), 'source_line collate "C"'])
    changed = [f"{name} desc nulls last" for name in report.as_of]
    rank = [f"{_rank(report, 'keyed')} desc"] if report.ranks else []
    return ", ".join([*changed, *rank, *preferred, 'source_line collate "C" desc'])


class Place(NamedTuple):
    """How an unknown marketplace of one version of a row is taken from the other.

    `known` are the dependent columns of `n` with the marketplace of `t`; `stored` those of `t` with the marketplace of
    `n`, under the condition `is_told`. Needs the parameter `unassigned`.
    """

    known: dict[str, str]
    stored: dict[str, str]
    is_told: str

    @classmethod
    def of(cls, report: type[ReportFormat]) -> "Place":
        """The marketplace columns of a format's rows."""
        is_open = "n.marketplace = :unassigned and t.marketplace <> :unassigned"
        known = {"marketplace": f"case when {is_open} then t.marketplace else n.marketplace end"}
        stored = {"marketplace": "n.marketplace"}
        for day, moment in days_of_moments(report).items():
            known[day] = f"case when {is_open} then coalesce({_day('n', moment, 't')}, n.{day}) else n.{day} end"
            stored[day] = f"coalesce({_day('t', moment, 'n')}, t.{day})"
        return cls(known, stored, "t.marketplace = :unassigned and n.marketplace <> :unassigned")

    def renewed(self, name: str) -> str:
        """The new value of a stored column: the newer version's, or the marketplace known from an older one."""
        newer = ":file_id" if name == "file_id" else f"n.known_{name}" if name in self.known else f"n.{name}"
        return f"case when n.is_newer then {newer} else {self.stored.get(name, f't.{name}')} end"


def _day(side: str, moment: str, place: str) -> str:
    zone = f"(select m.time_zone from marketplace as m where m.marketplace = {place}.marketplace)"  # noqa: S608 - our own
    return f"({side}.{moment} at time zone {zone})::date"


def _contents(report: type[ReportFormat]) -> list[str]:
    """The values that distinguish rows of one key, in an order independent of a file's layout: columns that every
    layout has come first.
    """
    columns = sorted(report.columns, key=lambda column: column.optional)
    targets = [target for column in columns for target in column.targets() if target[0] not in report.key]
    return [f'{name} collate "C"' if sql_type == "text" else name for name, sql_type in targets]
