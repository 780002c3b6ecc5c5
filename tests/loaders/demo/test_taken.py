"""The loaders take every file of the demo world whole, and each document adds up to what it states."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from loaders.demo import write_world
from loaders.demo.reports import folders_of
from loaders.files import files_of
from tests.loaders.conftest import new_desk

TODAY = date(2026, 11, 22)

SELLERS = ("KESTREL", "BERGMANN", "MOSSGROVE", "HINOKI", "HARBOURPINE")
"""One of each marketplace, of each layout and encoding."""


@pytest.mark.slow
def test_every_file_is_taken_without_a_refused_row_or_a_complaint(engine: Engine, tmp_path: Path) -> None:
    write_world(tmp_path, accounts=9, items=20, seed=3, today=TODAY)
    formats = set()
    accounts = json.loads((tmp_path / "accounts.json").read_text(encoding="utf-8"))
    for entry in (account for account in accounts if account["code"] in SELLERS):
        desk = new_desk(engine, entry["marketplaces"], tmp_path)
        for folder, marketplace in folders_of(tmp_path / entry["code"]):
            for path in files_of([folder]):
                result = desk.sync(path, marketplace=marketplace.code if marketplace else None)
                assert (result.status, result.refused, result.message) == ("taken", 0, ""), path
                formats.add(result.format)
    assert formats >= {
        "amazon_settlement_v2",
        "amazon_orders",
        "amazon_customer_shipments",
        "amazon_customer_returns",
        "amazon_replacements",
        "amazon_fee_preview",
        "amazon_referral_fee_preview",
        "walmart_reconciliation",
        "walmart_returns",
    }
