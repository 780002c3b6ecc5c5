"""Adjustments of before the ledger count once, where both reports show them."""

import pytest

from tests.loaders import reports
from tests.loaders.conftest import Desk

HEADER = "adjusted-date transaction-item-id fnsku sku product-name fulfillment-center-id quantity reason disposition"


def legacy(*, day: str = "2022-05-13", fnsku: str = "X00LAMP001", center: str = "LGB3", reason: str = "M") -> str:
    return "\t".join(HEADER.split()) + f"\n{day}\t77\t{fnsku}\tLAMP-1\tDesk lamp\t{center}\t-1\t{reason}\tSELLABLE\n"


def lost(desk: Desk) -> list[dict[str, object]]:
    query = (
        "select event_on::text, quantity from derived.adjustment where account_id = :account_id and meaning = 'lost'"
    )
    return desk.rows(query)


@pytest.mark.parametrize("ledger_first", [True, False])
@pytest.mark.parametrize("day", ["2022-05-12", "2022-05-13", "2022-05-14T06:59:00+00:00"])
def test_an_event_that_the_ledger_shows_too_counts_once(desk: Desk, ledger_first: bool, day: str) -> None:
    files = [("ledger.tsv", reports.ledger({"Date": "05/13/2022"})), ("adjustments.tsv", legacy(day=day))]
    for name, content in files if ledger_first else reversed(files):
        desk.take(name, content)
    assert lost(desk) == [{"event_on": "2022-05-13", "quantity": -1}]


@pytest.mark.parametrize(
    "other",
    [legacy(day="2022-05-15"), legacy(fnsku="X00LAMP002"), legacy(center="ONT8"), legacy(reason="5")],
    ids=["two days later", "other goods", "another warehouse", "another reason"],
)
def test_an_event_that_the_ledger_does_not_show_counts(desk: Desk, other: str) -> None:
    desk.take("ledger.tsv", reports.ledger({"Date": "05/13/2022"}))
    desk.take("adjustments.tsv", other)
    assert len(lost(desk)) == 2


def test_an_old_loss_becomes_an_item(desk: Desk) -> None:
    desk.take("adjustments.tsv", legacy(), marketplace="AMAZON_US")
    desk.detect()
    query = "select category, marketplace, units, units_expired from reporting.items where account = :code"
    assert [tuple(row.values()) for row in desk.rows(query, code=desk.account.code)] == [
        ("inventory_lost", "AMAZON_US", 1, 1)
    ]
    assert desk.column(
        "select raw ->> 'reason' from reporting.item_evidence where account = :code", code=desk.account.code
    ) == ["M"]
