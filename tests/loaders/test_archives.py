"""Packed files are read as what they hold, within bounds."""

import gzip
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from loaders.read import archives
from loaders.store.attempt import FileResult, Options
from loaders.store.sync import sync_path
from tests import locks
from tests.loaders.conftest import Desk

COSTS = b"sku,marketplace,unit_cost,currency,valid_from\nMUG-1,AMAZON_US,4.20,USD,2026-01-01\n"
DELIVERIES = b"shipment_id,delivered_on\nFBA17MUGS001,2026-07-09\n"


def gzipped(content: bytes) -> bytes:
    """The same bytes at any time: they name their tests."""
    return gzip.compress(content, mtime=0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def take(desk: Desk, name: str, content: bytes) -> list[FileResult]:
    return list(sync_path(desk.engine, desk.account, desk.file(name, content), Options()))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("costs.csv.gz", gzipped(COSTS)),
        ("report_under_no_telling_name", gzipped(COSTS)),
        ("costs.zip", zipped({"costs.csv": COSTS})),
    ],
)
def test_a_packed_report_gives_what_the_report_itself_gives(desk: Desk, name: str, content: bytes) -> None:
    [packed_result] = take(desk, name, content)
    [plain_result] = take(desk, "costs.csv", COSTS)
    assert (packed_result.status, packed_result.format, packed_result.new) == ("taken", "sourcing_costs", 1)
    assert (plain_result.sha256, plain_result.unchanged) == (packed_result.sha256, 1)


def test_each_file_of_an_archive_is_taken_or_refused_by_itself(desk: Desk) -> None:
    content = zipped(
        {
            "costs.csv": COSTS,
            "2026/notes.txt": b"hello\n",
            "2026/deliveries.csv": DELIVERIES,
            "__MACOSX/._costs.csv": b"x",
        }
    )
    found = [(result.file, result.format, result.status) for result in take(desk, "all.zip", content)]
    assert found == [
        ("all.zip/costs.csv", "sourcing_costs", "taken"),
        ("all.zip/2026/notes.txt", None, "refused"),
        ("all.zip/2026/deliveries.csv", "shipment_deliveries", "taken"),
    ]
    assert desk.column("select file from reporting.sync_runs where account = :code", code=desk.account.code) == [
        file for file, _, _ in found
    ]


def test_the_date_of_an_export_is_told_by_the_archives_name_too(desk: Desk) -> None:
    take(desk, "costs_2026-08-01.zip", zipped({"costs.csv": COSTS}))
    exported = desk.column("select exported_on from source_file where account_id = :account_id")
    assert [day.isoformat() for day in exported] == ["2026-08-01"]


def locked() -> bytes:
    content = bytearray(zipped({"costs.csv": COSTS}))
    content[6] |= 1  # the flag "encrypted", in the file's header and in the archive's list
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def test_an_archive_that_says_too_large_a_size_is_read_for_its_check_sum_fits(desk: Desk) -> None:
    [result] = take(desk, "less_than_it_says.zip", lying(1 << 30))
    assert (result.status, result.new) == ("taken", 1)


def lying(said: int) -> bytes:
    """An archive whose list, and whose file's header, say another size than what is packed has."""
    content = zipped({"costs.csv": COSTS})
    sizes = [content.index(b"PK\x03\x04") + 22, content.index(b"PK\x01\x02") + 24]
    for at in sizes:
        content = content[:at] + said.to_bytes(4, "little") + content[at + 4 :]
    return content


@pytest.mark.parametrize("name", ["../../costs.csv", "/etc/costs.csv", "C:\\costs.csv", "a/../../costs.csv"])
def test_where_an_archive_wants_its_files_to_lie_does_not_matter(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    inner = tmp_path / "x" / "y"
    inner.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(inner))
    [result] = take(desk, "costs.zip", zipped({name: COSTS}))
    assert (result.status, result.new) == ("taken", 1)
    assert [path.name for path in tmp_path.rglob("costs*") if path.suffix == ".csv"] == []


def test_an_archive_within_an_archive_is_refused_and_the_rest_is_taken(desk: Desk) -> None:
    inner, outer = take(desk, "all.zip", zipped({"inner.zip": zipped({"costs.csv": COSTS}), "costs.csv": COSTS}))
    assert (inner.file, inner.status, outer.status) == ("all.zip/inner.zip", "refused", "taken")
    assert inner.message == "all.zip/inner.zip is packed twice; unpack it once and take it in again."


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("more_than_it_says.zip", lying(len(COSTS) - 10), "can not be unpacked"),
        ("nothing.zip", zipped({}), "holds 0 files"),
        ("rubbish_behind.gz", gzipped(COSTS) + b"rubbish", "can not be unpacked"),
        ("cut.csv.gz", gzipped(COSTS)[:-9], "can not be unpacked"),
        ("cut.zip", zipped({"costs.csv": COSTS})[:-9], "can not be unpacked"),
        ("damaged.gz", b"\x1f\x8b" + b"\x00" * 40, "can not be unpacked"),
        ("locked.zip", locked(), "can not be unpacked"),
        ("empty.zip", zipped({"folder/": b""}), "holds 0 files"),
        ("many.zip", zipped({f"{number}.csv": b"" for number in range(1_001)}), "holds 1001 files"),
        ("book.xlsx", zipped({"[Content_Types].xml": b"", "xl/sheet1.xml": b""}), "is a workbook that can not be read"),
        ("nested.gz", gzipped(gzipped(COSTS)), "is packed twice"),
        ("empty.gz", gzipped(b""), "is empty"),
    ],
)
def test_what_can_not_be_unpacked_is_refused_with_a_reason(desk: Desk, name: str, content: bytes, reason: str) -> None:
    [result] = take(desk, name, content)
    assert result.status == "refused"
    assert result.message.startswith(f"{name} {reason}")
    assert desk.column("select message from sync_run where account_id = :account_id") == [result.message]


def test_a_bomb_is_refused_before_it_fills_the_disk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 3 << 20)
    two, three = b"0" * (2 << 20), b"0" * (4 << 20)
    for name, content in (("bomb.gz", gzipped(three)), ("bomb.zip", zipped({"one.csv": two, "two.csv": two}))):
        result = take(desk, name, content)[-1]
        assert (result.file, result.status) == (name, "refused")
        assert "unpacks to more than" in result.message


def test_nothing_unpacked_is_left_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    take(desk, "costs.zip", zipped({"costs.csv": COSTS, "broken.csv": b"\x00"}))
    assert not list(tmp_path.glob("recoup-*"))
    with desk.engine.connect() as connection:
        assert locks.held(connection) == 0
