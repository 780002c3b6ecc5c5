"""What hostile and damaged files get: they are read, or refused with a reason, and nothing breaks or hangs."""

import codecs
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

from core.errors import FileRefused
from core.settings import PROJECT
from loaders.sniff import inspect
from tests.loaders.conftest import AddDesk, Desk

HEADER = "sku,marketplace,unit_cost,currency,valid_from"
ROW = "MUG-1,AMAZON_US,4.75,USD,2026-01-01"
COSTS = f"{HEADER}\n{ROW}\nLAMP-1,AMAZON_US,6.00,USD,2026-01-01\n"
LOG_ENTRY = {
    "id": "a-1",
    "fcName": "ATL1",
    "changedUnits": -1,
    "transactionTime": "2026-07-02T08:00:00Z",
    "transactionReasonCode": "LOST",
    "transactionType": "Adjustment",
}
LOG = json.dumps({"payload": {"gtin": "00012345678905", "vendorSku": "MUG-1", "inventoryLog": [LOG_ENTRY]}})
MIB = 1 << 20


class Case(NamedTuple):
    """A file's bytes and what it must get: how many rows are taken and refused, or a message if it is refused whole."""

    content: bytes
    taken: int = 0
    refused: int = 0
    message: str = ""


def refused(content: str | bytes, message: str) -> Case:
    return Case(content if isinstance(content, bytes) else content.encode(), message=message)


def read(content: str | bytes, taken: int, refused: int = 0) -> Case:
    return Case(content if isinstance(content, bytes) else content.encode(), taken, refused)


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
    "an unknown header": refused("day,weather\n1,rain\n", "is of no known format. Its header is: day, weather"),
    "a header of two formats": refused(
        f"{HEADER},case_id,opened_on,claimed_units,decision,decided_on,closed_on\n",
        "has a header of two formats, cases and sourcing_costs",
    ),
    "a header that lacks a column": refused("sku,marketplace,unit_cost,currency\n", "is of no known format"),
    "UTF-8 with a mark": read(codecs.BOM_UTF8 + COSTS.encode(), 2),
    "UTF-16 with a mark": read(COSTS.encode("utf-16"), 2),
    "UTF-16, the other way round": read(codecs.BOM_UTF16_BE + COSTS.encode("utf-16-be"), 2),
    "UTF-16 without a mark": refused(COSTS.encode("utf-16-le"), "holds zero bytes"),
    "UTF-16 that ends within a character": refused(COSTS.encode("utf-16")[:-1], "in no encoding"),
    "UTF-32": refused(COSTS.encode("utf-32"), "control character in its header"),
    "cp1252": read(COSTS.replace("MUG", "KRÜGE").encode("cp1252"), 2),
    "bytes that no encoding has": refused(COSTS.encode() + b"\x81\x8d\n", "in no encoding"),
    "zero bytes": refused(COSTS.replace("LAMP", "LA\0MP"), "is no text file: it holds zero bytes"),
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
    "a zip file": refused(b"PK\x03\x04\x14\x00\x00\x00", "is no text file"),
    "JSON": read(LOG, 1),
    "JSON in UTF-16": read(LOG.encode("utf-16"), 1),
    "JSON behind blank lines": read(f"\n\n{LOG}", 1),
    "JSON that is cut off": refused(LOG[:-30], "is no complete JSON document"),
    "JSON of an unknown shape": refused('{"weather": ["rain"]}', "no known format. Its header is: weather"),
    "JSON that is a list": refused("[1, 2, 3]", "no known format. Its header is: a list"),
    "a JSON page without entries": read('{"payload": {"gtin": "1", "vendorSku": "MUG-1", "inventoryLog": []}}', 0),
    "a JSON page without its entries": refused('{"payload": {"gtin": "1"}}', "is of no known format"),
    "JSON whose entries are no records": refused(
        '{"payload": {"inventoryLog": [1, "x", null]}}', "is of no known format"
    ),
    "JSON nested too deeply": refused("[" * 100_000 + "]" * 100_000, "nested too deeply"),
    "JSON nested about as deeply as it can be read": refused("[" * 900 + "]" * 900, "JSON document|no known format"),
    "objects nested too deeply": refused('{"payload":' * 100_000, "nested too deeply"),
    "half a character in JSON": read(LOG.replace("ATL1", r"\ud83d"), 0, 1),
    "half a character in the name of a JSON value": refused(LOG.replace("fcName", r"\ud83d"), "control character"),
    "a zero character in JSON": read(LOG.replace("ATL1", r"\u0000"), 0, 1),
    "numbers in JSON that are none": read(LOG.replace("-1", "NaN", 1).replace(": -1", ": 1e400"), 0, 1),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_hostile_file_is_read_or_refused_with_a_reason(desk: Desk, case: Case) -> None:
    result = desk.take("costs.csv", case.content)
    if case.message:
        assert (result.status, result.rows) == ("refused", 0)
        assert result.message.startswith("costs.csv ")
        assert any(part in result.message for part in case.message.split("|")), result.message
        assert desk.counts() == {}
        assert desk.column("select message from sync_run where account_id = :account_id") == [result.message]
    else:
        assert (result.status, result.rows, result.refused) == ("taken", case.taken + case.refused, case.refused), (
            result
        )
        assert sum(desk.counts().values()) == case.taken


def test_a_japanese_accounts_file_is_read_in_its_own_encoding(add_desk: AddDesk) -> None:
    japanese = add_desk(["AMAZON_JP"])
    result = japanese.take("costs.csv", f"{HEADER}\n湯呑み,,1200,JPY,2026-01-01\n".encode("cp932"))
    assert (result.status, result.refused) == ("taken", 0)
    assert japanese.column("select sku from sourcing_cost where account_id = :account_id") == ["湯呑み"]


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
    assert desk.sync(tmp_path / "pipe.csv").message == "pipe.csv is no regular file."


AS_NOBODY = """
import os, sys
from pathlib import Path
from loaders.sniff import inspect
"".encode("cp1252")  # its codec may lie where nobody else can read
os.setuid(65534)
inspect(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has other permissions")
def test_a_file_without_permission_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # pytest's own folders are closed to other users
        path = Path(folder) / "costs.csv"
        path.touch(0)
        if os.geteuid() == 0:
            command = [sys.executable, "-c", AS_NOBODY, str(path)]
            said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False).stderr
            assert "FileRefused: may not be read: no permission" in said
        else:
            with pytest.raises(FileRefused, match="no permission"):
                inspect(path)


@pytest.mark.skipif(sys.platform != "linux", reason="names files by bytes")
def test_a_file_whose_name_is_no_text_is_taken(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"costs-\xff.csv")
    path.write_text(COSTS, encoding="utf-8")
    assert desk.sync(path).status == "taken"
    assert desk.column("select file from sync_run where account_id = :account_id") == ["costs-�.csv"]
