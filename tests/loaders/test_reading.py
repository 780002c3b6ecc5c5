"""Rows are read in runs, and one by one where a run takes a closer look: what comes of them is the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FileRefused
from core.vocabulary import marketplace
from loaders.declare.columns import FileContext
from loaders.declare.decimals import Style
from loaders.declare.issues import Unreadable
from loaders.declare.places import Account
from loaders.declare.report_format import ReportFormat
from loaders.formats.amazon_ledger_detail import AmazonLedgerDetail
from loaders.formats.amazon_reimbursements import AmazonReimbursements
from loaders.read import lines
from loaders.read.lines import Row, Run, parts_of, rows_of
from loaders.read.rows import SEPARATOR, RowPlan
from loaders.read.sniff import Contents, Table
from tests.loaders.reports import LEDGER, REIMBURSEMENT

ACCOUNT = Account(1, "ACME", (marketplace("AMAZON_US"), marketplace("AMAZON_DE")))
LINES = st.lists(st.sampled_from(["a", "", " ", '"', "\t", ",", "\n", "\r", "\r\n", "é", "\x1f", "\x85", "a,b,c\n"]))
CELLS = [
    "",
    " ",
    "x",
    " x ",
    "Ünï",
    "　",
    "a\\b",
    "a\tb",
    "a\nb",
    f"a{SEPARATOR}",
    "\x00",
    "\ud800",
    "US",
    "-1",
    "1,5",
    "NaN",
]

together = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)


def contents(path: Path, text: str) -> Contents:
    """A file with this text."""
    path.write_bytes(text.encode())
    return Contents(path, "", len(text), 0, "utf-8")


def told(found: Contents, table: Table) -> list[Row | str]:
    """The rows of a file, and why it is refused behind them."""
    rows: list[Row | str] = []
    try:
        rows.extend(rows_of(found, table))
    except FileRefused as error:
        rows.append(str(error))
    return rows


@together
@given(pieces=LINES, block=st.integers(1, 12), is_quoted=st.booleans(), is_all_quoted=st.booleans())
def test_rows_do_not_depend_on_where_a_file_is_cut_into_blocks(
    tmp_path: Path, pieces: list[str], block: int, is_quoted: bool, is_all_quoted: bool
) -> None:
    found = contents(tmp_path / "file", "one,two\n" + "".join(pieces))
    table = Table(("one", "two"), 1, ",", is_quoted, is_quoted and is_all_quoted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", block)
        in_blocks = told(found, table)
        patch.setattr(lines, "_plain", lambda *_: None)
        assert in_blocks == told(found, table)


def test_a_file_of_plain_rows_is_read_in_runs(tmp_path: Path) -> None:
    found = contents(tmp_path / "file", "one,two\na,b\nc,d\n")
    assert list(parts_of(found, Table(("one", "two"), 1, ",", True))) == [Run(2, [["a", "b"], ["c", "d"]])]


@pytest.mark.parametrize("text", ["a,b\n\nc,d\n", 'a,"b\n"\n', "a,b", " , \nc,d\n"])
def test_a_run_has_no_row_that_is_empty_cut_off_or_on_several_lines(tmp_path: Path, text: str) -> None:
    found = contents(tmp_path / "file", f"one,two\n{text}")
    assert not any(isinstance(part, Run) for part in parts_of(found, Table(("one", "two"), 1, ",", True)))


def cells_of(likely: dict[str, object]) -> st.SearchStrategy[list[list[str]]]:
    """Rows of a report, of which most cells hold what is likely."""
    cells = [st.sampled_from([*([str(usual)] * len(CELLS)), *CELLS]) for usual in likely.values()]
    return st.lists(st.tuples(*cells).map(list), min_size=1, max_size=4)


def by_row(plan: RowPlan, run: Run) -> Iterator[str]:
    """What comes of each row by itself; nothing of one that is refused."""
    for row in run.rows():
        try:
            yield plan.staged_line(row)
        except Unreadable:
            assert plan.issues(row)


@together
@given(data=st.data())
@pytest.mark.parametrize(
    ("report", "likely"), [(AmazonLedgerDetail, LEDGER), (AmazonReimbursements, REIMBURSEMENT)], ids=["ledger", "paid"]
)
def test_a_run_gives_what_its_rows_give_one_by_one_or_is_left_to_that(
    report: type[ReportFormat], likely: dict[str, object], data: st.DataObject
) -> None:
    plan = RowPlan(report, list(likely), FileContext(Style.POINT), report.place.resolver(ACCOUNT, None))
    run = Run(7, data.draw(cells_of(likely)))
    staged = plan.staged_lines(run)
    alone = list(by_row(plan, run))
    assert staged is None or staged == "".join(alone)
    if len(alone) == len(run.cells) and not set("\\\t\n") & set("".join(map("".join, run.cells))):
        assert staged is not None
