"""An item whose event is gone is kept with the reason, counts nowhere, and comes back with its event."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, RowMapping, text

from core.laws import check_all
from tests.core.reports import Reports

SUMMER = "2026-07-01"


@pytest.fixture
def acme(connection: Connection) -> Reports:
    Reports(connection, "OTHER").lost(7, on=SUMMER)
    return Reports(connection)


def withdrawn(reports: Reports) -> Sequence[RowMapping]:
    query = text("select * from reporting.withdrawn_items where account = :code order by event_on")
    return reports.connection.execute(query, {"code": reports.code}).mappings().all()


def test_an_item_whose_row_is_gone_is_kept_with_the_reason(acme: Reports) -> None:
    acme.costs("4.00", since="2026-01-01")
    row = acme.lost(5, on=SUMMER)
    acme.lost(1, on="2026-07-02")
    acme.detect()
    before = acme.items()[0]
    acme.forget("inventory_event", row)
    assert acme.detect().withdrawn == 1
    (gone,) = withdrawn(acme)
    assert gone["reason"] == "A corrected report no longer has its row."
    same = ("item_id", "marketplace", "category", "category_group", "sku", "fnsku", "event_on", "units", "detected")
    assert [gone[name] for name in same] == [before[name] for name in same]
    assert [item["units"] for item in acme.items()] == [1]


def test_one_that_later_reports_explain_says_so(acme: Reports) -> None:
    row = acme.lost(5, on=SUMMER)
    acme.detect()
    corrected = "update inventory_event set quantity = 5 where account_id = :account_id and row_id = :row_id"
    acme.connection.execute(text(corrected), {"account_id": acme.account_id, "row_id": row})
    assert acme.detect().withdrawn == 1
    assert [gone["reason"] for gone in withdrawn(acme)] == ["Later reports show that nothing is owed."]


def test_it_comes_back_with_its_event(acme: Reports) -> None:
    row = acme.lost(5, on=SUMMER)
    acme.detect()
    before = acme.items()
    for quantity, items in ((5, 0), (-5, 1)):
        changed = "update inventory_event set quantity = :quantity where account_id = :account_id and row_id = :row_id"
        acme.connection.execute(text(changed), {"quantity": quantity, "account_id": acme.account_id, "row_id": row})
        assert acme.detect().items == items
    assert acme.items() == before
    assert withdrawn(acme) == []


def test_detecting_again_withdraws_nothing_more(acme: Reports) -> None:
    row = acme.lost(5, on=SUMMER)
    acme.detect()
    acme.forget("inventory_event", row)
    acme.detect()
    before = withdrawn(acme)
    assert acme.detect().withdrawn == 0
    assert withdrawn(acme) == before
    assert [violation for violation in check_all(acme.connection) if violation.account == acme.code] == []


def test_what_was_paid_stays_claimed_when_its_event_is_withdrawn(acme: Reports) -> None:
    row = acme.lost(1, on=SUMMER)
    acme.reimbursed(1, "10.00", on="2026-07-05")
    acme.detect()
    acme.forget("inventory_event", row)
    acme.detect()
    (item,) = acme.items()
    assert (item["claimed"], item["units_claimed"], len(withdrawn(acme))) == (10, 1, 1)


def test_a_payment_that_finds_its_event_is_not_withdrawn(acme: Reports) -> None:
    acme.reimbursed(1, "10.00", on="2026-07-05")
    acme.detect()
    acme.lost(1, on=SUMMER)
    assert acme.detect().withdrawn == 0
    assert withdrawn(acme) == []


def test_each_account_has_its_own(connection: Connection) -> None:
    one, other = Reports(connection), Reports(connection, "OTHER")
    row = one.lost(1, on=SUMMER)
    other.lost(1, on=SUMMER)
    for reports in (one, other):
        reports.detect()
    one.forget("inventory_event", row)
    one.detect()
    assert (len(withdrawn(one)), len(withdrawn(other)), len(other.items())) == (1, 0, 1)
