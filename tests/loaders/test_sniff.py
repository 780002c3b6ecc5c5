"""What hostile and damaged files get: they are read, or refused with a reason, and nothing breaks or hangs."""

import codecs
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import FileRefused
from core.settings import PROJECT
from loaders.formats import FORMATS
from loaders.read.archives import Report
from loaders.read.files import files_of
from loaders.read.json_records import outlined
from loaders.read.lines import rows_of
from loaders.read.sniff import Table, format_of, inspect
from loaders.store.attempt import Options
from loaders.store.sync import sync_file
from tests.loaders.conftest import AddDesk, Desk
from tests.loaders.hostile import MIB, Case, check, read, refused
from tests.loaders.test_samples import SAMPLES, all_text

HEADER = "sku,marketplace,unit_cost,currency,valid_from"
ROW = "MUG-1,AMAZON_US,4.75,USD,2026-01-01"
SUMMARY = (SAMPLES / "amazon_ledger_summary" / "us_quoted_22_columns.csv").read_text(encoding="utf-8")
COSTS = f"{HEADER}\n{ROW}\nLAMP-1,AMAZON_US,6.00,USD,2026-01-01\n"

CASES = {
    "an empty file": refused("", "is empty"),
    "blank lines alone": refused("\n \n\r\n", "holds no header"),
    "a byte order mark alone": refused(codecs.BOM_UTF8, "holds no header"),
    "only a header": read(f"{HEADER}\n", 0),
    "only a header, without a newline": read(HEADER, 0),
    "no newline at the end": read(COSTS.rstrip("\n"), 2),
    "cut off within a row": read(COSTS[:-20], 1, 1),
    "cut off within quotes": read(f'{HEADER}\n{ROW}\nLAMP-1,AMAZON_US,6.00,USD,"2026-01', 1, 1),
    "cut off within the quotes of a first cell": read(f'{HEADER}\n{ROW}\n"LAM', 1, 1),
    "an unknown header": refused(
        "day,weather\n1,rain\n", "is of no known format. Its header has 2 names, none of which"
    ),
    "a header of two formats": refused(
        f"{HEADER},case_id,opened_on,claimed_units,decision,decided_on,closed_on\n",
        "has a header of two formats, cases and sourcing_costs",
    ),
    "a header that lacks a column": refused(
        "sku,marketplace,unit_cost,currency,remark\n",
        "Its header has 5 names; of these, reports have: sku, marketplace, unit_cost, currency."
        " It may be sourcing_costs without valid_from.",
    ),
    "no header": refused(f"{ROW}\n{ROW}\n", "is of no known format. Its header has 5 names, none of which"),
    "sums of whole months": refused(SUMMARY.replace("07/16/2026", "07/2026"), "is summed up by month; export the"),
    "UTF-8 with a mark": read(codecs.BOM_UTF8 + COSTS.encode(), 2),
    "UTF-16 with a mark": read(COSTS.encode("utf-16"), 2),
    "UTF-16, the other way round": read(codecs.BOM_UTF16_BE + COSTS.encode("utf-16-be"), 2),
    "UTF-16 without a mark": read(COSTS.encode("utf-16-le"), 2),
    "UTF-16 without a mark, the other way round": read(COSTS.encode("utf-16-be"), 2),
    "UTF-16 without a mark that ends within a character": refused(COSTS.encode("utf-16-le")[:-1], "in no encoding"),
    "UTF-16 without a mark that begins with another script": refused(
        COSTS.replace("sku", "湯sku", 1).encode("utf-16-le"), "holds zero bytes"
    ),
    "UTF-16 that ends within a character": refused(COSTS.encode("utf-16")[:-1], "in no encoding"),
    "UTF-32": refused(COSTS.encode("utf-32"), "control character in its header"),
    "cp1252": read(COSTS.replace("MUG", "KRÜGE").encode("cp1252"), 2),
    "bytes that no encoding has": refused(COSTS.encode() + b"\x81\x8d\n", "in no encoding"),
    "halves of a character": read(COSTS.encode().replace(b"LAMP", b"LA\xed\xa0\xbdMP"), 2),
    "control characters": read(COSTS.replace("LAMP", "LA\x1b[31mMP\x85\u2028\x07"), 2),
    "zero bytes": refused(COSTS.replace("LAMP", "LA\0MP"), "is not a text file: it holds zero bytes"),
    "a zero character in a cell": read(COSTS.replace("LAMP", "LA\0MP").encode("utf-16"), 1, 1),
    "a zero character in a header": refused(COSTS.replace("_from", "_from\0").encode("utf-16"), "control character"),
    "a zero character in an unknown header": refused("day,wea\0ther\n".encode("utf-16"), "is of no known format"),
    "the separator of stored lines in a cell": read(COSTS.replace("LAMP", "LA\x1fMP"), 1, 1),
    "a single line of 5 MB": refused("x" * 5 * MIB, "is of no known format"),
    "a single line of 5 MB with commas": refused("sku," * MIB, "is of no known format"),
    "a cell of 10 MB": refused(
        f"{HEADER}\n{ROW}\n{'x' * 10 * MIB},,1,USD,2026-01-01\n", "line of more than 4 MiB, line 3"
    ),
    "a cell of 10 MB over many lines": refused(
        f'{HEADER}\n{ROW}\n"{("x" * 99 + chr(10)) * 105_000}",,1,USD,2026-01-01\n',
        "can not be read at line 3: field larger",
    ),
    "an identifier of 3 MB": read(f"{HEADER}\n{ROW}\n{'x' * 3 * MIB},,1,USD,2026-01-01\n", 1, 1),
    "quotes that never close": refused(
        f'{HEADER}\n{ROW}\n"LAMP-1,,1,USD,2026-01-01\n{ROW}\n{ROW}\n', "quote at line 3 that never closes"
    ),
    "a quote within a cell": read(f'{HEADER}\n{ROW}\n12" LAMP,,1,USD,2026-01-01\n', 2),
    "a newline within quotes": read(f'{HEADER}\n"MUG\n1",,1,USD,2026-01-01\n{ROW}\n', 2),
    "a column that is there twice": refused(f"{HEADER},Unit Cost\n{ROW},5.00\n", "has the column unit_cost twice"),
    "another column twice": read(f"{HEADER},remark,remark\n{ROW},a,b\n", 1),
    "extra columns, one without a name": read(f"{HEADER},weather,\n{ROW},rain,\n", 1),
    "a blank that does not break in a header": read(COSTS.replace("unit_cost", "unit\u00a0cost"), 2),
    "columns in another order": read("valid_from,currency,unit_cost,sku,marketplace\n2026-01-01,USD,1,MUG-1,\n", 1),
    "CRLF": read(COSTS.replace("\n", "\r\n"), 2),
    "CR alone": read(COSTS.replace("\n", "\r"), 2),
    "blank lines between": read(COSTS.replace("\n", "\n\n ,,\n"), 2),
    "semicolons": read(COSTS.replace(",", ";"), 2),
    "a row that is too long": read(f"{COSTS}{ROW},and,more\n", 2, 1),
    "a row that is too long by empty cells": read(f"{COSTS}{ROW.replace('MUG', 'CUP')},,\n", 3),
    "a row that is too short": read(f"{COSTS}MUG-2,AMAZON_US\n", 2, 1),
    "binary rubbish": refused(bytes(range(1, 256)) * 10, "in no encoding"),
    "a zip file": refused(b"PK\x03\x04\x14\x00\x00\x00", "is packed twice"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_hostile_file_is_read_or_refused_with_a_reason(desk: Desk, case: Case) -> None:
    check(desk, case)


def test_a_japanese_accounts_file_is_read_in_its_own_encoding(add_desk: AddDesk) -> None:
    japanese = add_desk(["AMAZON_JP"])
    result = japanese.take("costs.csv", f"{HEADER}\n湯呑み,,1200,JPY,2026-01-01\n".encode("cp932"))
    assert (result.status, result.refused) == ("taken", 0)
    assert japanese.column("select sku from sourcing_cost where account_id = :account_id") == ["湯呑み"]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_of_a_file_without_a_header_nothing_personal_is_shown_or_stored(desk: Desk, separator: str) -> None:
    first = separator.join(["111-1", "Jane Roe", "12 Elm Street", "jane@relay.example", "status", "It broke, sadly"])
    result = desk.take("returns.csv", f"{first}\n{first}\n")
    assert "of these, reports have: status" in result.message
    stored = f"{result.message}\n{all_text(desk.engine)}"
    assert not [word for word in ("111-1", "Jane", "Elm", "relay", "sadly") if word in stored]


def test_the_message_about_an_endless_header_is_short(desk: Desk) -> None:
    assert len(desk.take("costs.csv", "x" * 5 * MIB).message) < 600


def test_a_folder_and_a_missing_file_are_refused(desk: Desk, tmp_path: Path) -> None:
    assert desk.sync(tmp_path).message.endswith("is a folder.")
    assert desk.sync(tmp_path / "nowhere.csv").message == "nowhere.csv does not exist."
    file = desk.file("costs.csv", COSTS)
    assert "can not be read" in desk.sync(file / "within.csv").message
    assert "can not be read" in desk.sync(tmp_path / ("x" * 300)).message


@pytest.mark.skipif(sys.platform == "win32", reason="has no FIFOs")
def test_a_fifo_is_refused_and_does_not_hang(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert desk.sync(tmp_path / "pipe.csv").message == "pipe.csv is not a regular file."


def test_a_file_that_is_gone_before_it_is_read_is_refused(desk: Desk) -> None:
    path = desk.file("costs.csv", COSTS)
    contents = inspect(path)
    path.unlink()
    for reading in (
        lambda: format_of(contents, FORMATS),
        lambda: list(rows_of(contents, Table(tuple(HEADER.split(",")), 1, ",", is_quoted=True))),
        lambda: outlined(path, "utf-8"),
        contents.check_unchanged,
    ):
        with pytest.raises(FileRefused, match="does not exist"):
            reading()


def test_a_file_that_is_gone_while_it_is_read_is_refused(desk: Desk) -> None:
    path = desk.file("costs.csv", COSTS)
    result = sync_file(desk.engine, desk.account, Report(path, path.name), Options(), lambda _: path.unlink())
    assert (result.status, result.message, desk.counts()) == ("refused", "costs.csv does not exist.", {})


def test_a_file_that_becomes_another_while_it_is_read_is_refused(desk: Desk) -> None:
    path = desk.file("costs.csv", COSTS)
    contents = inspect(path)
    path.write_bytes(b"sku\xff\n" * 3)
    with pytest.raises(FileRefused, match="was changed while it was read"):
        format_of(contents, FORMATS)


def test_a_loop_of_links_is_refused_and_in_a_folder_passed_over(desk: Desk) -> None:
    folder = desk.file("reports/costs.csv", COSTS).parent
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "again").symlink_to(folder)
    assert desk.sync(folder / "loop").message.startswith("loop can not be read: ")
    assert list(files_of([folder])) == [folder / "costs.csv"]


AS_NOBODY = """
import os, sys
from pathlib import Path
from loaders.read.files import files_of
from loaders.read.sniff import inspect
"".encode("cp1252")  # its codec may lie where nobody else can read
os.setuid(65534)
for path in files_of([Path(sys.argv[1])]):
    inspect(path)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has other permissions")
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.touch(0), "may not be read: no permission"),
        (lambda path: path.mkdir(0), "is a folder that may not be read: no permission"),
    ],
)
def test_what_may_not_be_read_is_refused_by_name(make: Callable[[Path], None], says: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # pytest's own folders are closed to other users
        path = Path(folder) / "costs.csv"
        make(path)
        if os.geteuid() == 0:
            for named in (path, folder):
                command = [sys.executable, "-c", AS_NOBODY, str(named)]
                said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False).stderr
                assert f"FileRefused: {says}" in said
        else:
            with pytest.raises(FileRefused, match=says):
                inspect(path)


@pytest.mark.slow
@pytest.mark.parametrize("files", [100, pytest.param(1_000, marks=pytest.mark.exhaustive)])
def test_a_folder_of_many_files_is_taken(desk: Desk, files: int) -> None:
    for number in range(files):
        folder = desk.file(f"reports/{number % 7}/{number}.csv", COSTS.replace("MUG-1", f"MUG-{number}")).parents[1]
    taken = [desk.sync(path) for path in files_of([folder])]
    assert [result.status for result in taken] == ["taken"] * files
    assert desk.counts() == {"sourcing_cost": files + 1}


@pytest.mark.skipif(sys.platform != "linux", reason="names files by bytes")
def test_a_file_whose_name_is_no_text_is_taken(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"costs-\xff.csv")
    path.write_text(COSTS, encoding="utf-8")
    assert desk.sync(path).status == "taken"
    assert desk.column("select file from sync_run where account_id = :account_id") == ["costs-�.csv"]
