"""Law 4: the same data split otherwise, overlapping, shuffled, repeated and in another order give the same items."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from core.vocabulary import marketplace
from loaders.demo.build import simulate
from loaders.demo.model.world import Seller
from loaders.demo.writers.customer_returns import write_customer_returns
from loaders.demo.writers.ledger_detail import write_ledger_detail
from loaders.demo.writers.own_files import write_cases, write_sourcing_costs
from loaders.demo.writers.reimbursements import write_reimbursements
from tests.loaders.conftest import Desk, new_desk

TODAY = date(2026, 11, 22)
MARKETPLACES = ("AMAZON_DE", "AMAZON_UK")
SELLER = Seller(
    "TINY", "Tiny", "home", tuple(marketplace(code) for code in MARKETPLACES), 1.0, files_per="quarter", overlaps=True
)

Outcome = dict[str, Any]


class Piece(NamedTuple):
    """A file to take in: its name, which keeps the date of the file that it is a piece of, and what it holds."""

    name: str
    content: str


class Report(NamedTuple):
    """An original file: its header line, and its rows by the day in its first column, in the order of the file."""

    path: Path
    header: str
    days: dict[str, list[str]]

    def piece(self, days: Sequence[str], name: str, draw: st.DrawFn) -> Piece:
        """The rows of some days, shuffled."""
        rows = [row for day in days for row in self.days[day]]
        draw(st.randoms(use_true_random=True)).shuffle(rows)
        return Piece(f"{self.path.stem}_{name}{self.path.suffix}", "".join([self.header, *rows]))


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("originals")
    facts = simulate(SELLER, items=20, seed=5, today=TODAY)
    for write in (
        write_ledger_detail,
        write_reimbursements,
        write_customer_returns,
        write_cases,
        write_sourcing_costs,
    ):
        write(facts, folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def outcome(engine: Engine, originals: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    desk = new_desk(engine, MARKETPLACES, tmp_path_factory.mktemp("whole"))
    for path in originals:
        assert desk.sync(path).status == "taken"
    return outcome_of(desk)


def outcome_of(desk: Desk) -> Outcome:
    """What came of an account's files, without the names of files, lines and accounts."""
    desk.detect()
    evidence = [
        {name: value for name, value in row.items() if name not in ("file", "line")}
        for row in desk.as_of(TODAY, "item_evidence")
    ]
    views = {view: desk.as_of(TODAY, view) for view in ("items", "totals", "cases", "reimbursements")}
    return {view: sorted(map(repr, rows)) for view, rows in {**views, "evidence": evidence}.items()}


def reports(paths: Sequence[Path]) -> Iterator[Report]:
    """The marketplaces' own files; those that people edit can not be split."""
    for path in paths:
        if path.parent.name == "amazon":
            header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
            days: dict[str, list[str]] = defaultdict(list)
            for row in rows:
                days[row.partition("\t")[0][:10]].append(row)
            yield Report(path, header, days)


@st.composite
def pieces(draw: st.DrawFn, paths: Sequence[Path]) -> list[Piece]:
    """All files in any order: split between days into up to four pieces that may overlap, some of them twice."""
    found = [Piece(path.name, path.read_text(encoding="utf-8")) for path in paths if path.parent.name != "amazon"]
    for report in reports(paths):
        days = list(report.days)
        cuts = sorted(draw(st.lists(st.integers(1, max(1, len(days) - 1)), max_size=3, unique=True)))
        for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(days)], strict=True)):
            overlap = draw(st.integers(0, 5))
            found.append(report.piece(days[max(0, start - overlap) : end], f"part_{number}", draw))
        if draw(st.booleans()):
            found.append(report.piece(days, "again", draw))
    repeated = [piece for piece in found if draw(st.booleans())]
    return draw(st.permutations([*found, *repeated]))


@pytest.mark.slow
@pytest.mark.parametrize("examples", [3, pytest.param(24, marks=pytest.mark.exhaustive)])
def test_files_split_shuffled_repeated_and_in_any_order_give_the_same(
    engine: Engine, originals: list[Path], outcome: Outcome, tmp_path: Path, examples: int
) -> None:
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
    @given(data=st.data())
    def taken(data: st.DataObject) -> None:
        desk = new_desk(engine, MARKETPLACES, tmp_path)
        for piece in data.draw(pieces(originals)):
            assert desk.take(piece.name, piece.content).status != "refused"
        assert outcome_of(desk) == outcome

    taken()
