"""Amazon's settlements are held against its reimbursements, and never added: what is on one side alone is listed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, RowMapping, text

from core.database.rollups.totals import refresh_derived_rows
from tests.core.reports import MUG, Reports

MAY, JUNE, JULY = ("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30"), ("2026-07-01", "2026-07-31")


@pytest.fixture
def acme(connection: Connection) -> Reports:
    """A seller whose settlements are there for two months, without a reimbursement in them."""
    other = Reports(connection, "OTHER")
    other.settled("WAREHOUSE_LOST", "10.00", on="2026-05-05")
    acme = Reports(connection, marketplaces=("AMAZON_US", "AMAZON_CA"))
    for document, period in (("S-May", MAY), ("S-June", JUNE)):
        acme.settled(
            "Storage Fee", "-1.00", on=period[0], amount_type="other-transaction", document=document, period=period
        )
    return acme


def approved_not_paid(reports: Reports) -> Sequence[RowMapping]:
    refresh_derived_rows(reports.connection, [reports.account_id])
    query = text("select * from reporting.approved_not_paid where account = :code order by approved_on, reason")
    return reports.connection.execute(query, {"code": reports.code}).mappings().all()


def paid_not_reported(reports: Reports) -> Sequence[RowMapping]:
    query = text("select * from reporting.paid_not_reported where account = :code order by posted_on, reason")
    return reports.connection.execute(query, {"code": reports.code}).mappings().all()


def lists(reports: Reports) -> tuple[list[Any], list[Any]]:
    return [row["amount"] for row in approved_not_paid(reports)], [row["amount"] for row in paid_not_reported(reports)]


NOTHING: tuple[list[Any], list[Any]] = ([], [])


def test_what_is_on_both_sides_is_on_no_list(acme: Reports) -> None:
    acme.reimbursed(1, "10.00", on="2026-05-10")
    acme.settled("WAREHOUSE_LOST", "10.00", on="2026-05-10")
    acme.reimbursed(1, "12.00", on="2026-05-10", order="111-1", reason="CustomerReturn")
    acme.settled("REVERSAL_REIMBURSEMENT", "12.00", on="2026-05-12", order="111-1")
    acme.reimbursed(-1, "-3.00", on="2026-05-20", reason="Compensated_Clawback")
    acme.settled("COMPENSATED_CLAWBACK", "-3.00", on="2026-05-21", amount_type="other-transaction")
    assert lists(acme) == NOTHING


def test_approved_and_not_paid_says_where_to_look(acme: Reports) -> None:
    acme.reimbursed(1, "10.00", on="2026-05-10", name="R7", order="111-1", reason="CustomerReturn")
    (row,) = approved_not_paid(acme)
    assert dict(row) == {
        "account": "ACME",
        "marketplace": "AMAZON_US",
        "approved_on": row["approved_on"],
        "reason": "CustomerReturn",
        "sku": MUG["sku"],
        "order_id": "111-1",
        "amount": Decimal("10.00"),
        "currency": "USD",
        "reimbursement_id": "R7",
        "file": "ACME-reimbursement.csv",
        "line": row["line"],
    }
    assert paid_not_reported(acme) == []


def test_paid_and_not_reported_says_where_to_look(acme: Reports) -> None:
    acme.settled("WAREHOUSE_DAMAGE", "10.00", on="2026-05-10", document="S-May", period=MAY)
    (row,) = paid_not_reported(acme)
    assert (row["settlement_id"], row["file"], row["reason"]) == (
        "S-May",
        "ACME-settlement_line.csv",
        "WAREHOUSE_DAMAGE",
    )
    assert (row["marketplace"], str(row["posted_on"]), row["amount"]) == ("AMAZON_US", "2026-05-10", Decimal("10.00"))


@pytest.mark.parametrize(
    ("approved_on", "is_listed"), [("2026-06-11", True), ("2026-06-12", False), ("2026-04-30", False)]
)
def test_it_is_not_missing_before_settlements_cover_the_days_that_cash_may_take(
    acme: Reports, approved_on: str, is_listed: bool
) -> None:
    acme.reimbursed(1, "10.00", on=approved_on)
    assert len(approved_not_paid(acme)) == is_listed


def test_settlements_of_another_currency_cover_nothing(acme: Reports) -> None:
    acme.reimbursed(1, "10.00", on="2026-05-10", marketplace="AMAZON_CA")
    assert approved_not_paid(acme) == []


def test_a_hole_between_settlements_covers_nothing(acme: Reports) -> None:
    acme.settled("Storage Fee", "-1.00", on="2026-08-01", document="S-Aug", period=("2026-08-01", "2026-08-31"))
    acme.reimbursed(1, "10.00", on="2026-07-20")
    assert approved_not_paid(acme) == []


def test_what_amazon_puts_together_on_a_day_is_compared_as_a_sum(acme: Reports) -> None:
    acme.reimbursed(1, "10.00", on="2026-05-10")
    acme.reimbursed(1, "11.00", on="2026-05-10")
    acme.settled("WAREHOUSE_LOST", "21.00", on="2026-05-10", quantity=2)
    assert lists(acme) == NOTHING


@pytest.mark.parametrize(
    "other",
    [{"on": "2026-06-05"}, {"sku": "PAN-1"}, {"amount": "10.01"}, {"marketplace": "AMAZON_CA"}],
    ids=str,
)
def test_what_differs_in_goods_amount_currency_or_by_too_many_days_is_another(
    acme: Reports, other: dict[str, str]
) -> None:
    acme.reimbursed(1, "10.00", on="2026-05-10")
    line = {"description": "WAREHOUSE_LOST", "amount": "10.00", "on": "2026-05-10"} | other
    acme.settled(**line)  # type: ignore[arg-type]
    assert [len(listed) for listed in lists(acme)] == [1, 1]


def test_equal_amounts_are_matched_one_to_one_and_the_kind_of_reason_comes_first(acme: Reports) -> None:
    acme.reimbursed(1, "10.00", on="2026-05-09", reason="CustomerReturn")
    acme.reimbursed(1, "10.00", on="2026-05-10")
    acme.reimbursed(1, "10.00", on="2026-05-11")
    acme.settled("WAREHOUSE_LOST", "10.00", on="2026-05-12")
    acme.settled("WAREHOUSE_LOST", "10.00", on="2026-05-13")
    assert [row["reason"] for row in approved_not_paid(acme)] == ["CustomerReturn"]
    assert paid_not_reported(acme) == []


def test_a_reason_of_another_name_is_the_same_money_all_the_same(acme: Reports) -> None:
    acme.reimbursed(1, "10.00", on="2026-05-10", reason="Something_New")
    acme.settled("WAREHOUSE_LOST", "10.00", on="2026-05-11")
    assert lists(acme) == NOTHING


def test_units_given_back_are_no_cash_and_other_lines_are_no_reimbursements(acme: Reports) -> None:
    acme.reimbursed(0, "0.00", inventory=1, on="2026-05-10")
    acme.settled("Subscription Fee", "-39.99", on="2026-05-11", amount_type="other-transaction", sku="")
    acme.settled(
        "Principal", "20.00", on="2026-05-11", transaction_type="Order", amount_type="ItemPrice", order="111-1"
    )
    assert lists(acme) == NOTHING


def test_nothing_is_counted_from_both(acme: Reports) -> None:
    acme.lost(3, on="2026-05-01")
    acme.reimbursed(1, "10.00", on="2026-05-10")
    acme.settled("WAREHOUSE_LOST", "10.00", on="2026-05-10")
    acme.settled("WAREHOUSE_LOST", "11.00", on="2026-05-11")
    item = acme.item("2026-05-20")
    assert (item["claimed"], item["units_claimed"], item["units_ready"]) == (10, 1, 0)
    assert (item["units_review"], item["review_code"]) == (2, "cash_not_reported")


def test_a_settlement_of_walmart_is_the_source_itself(connection: Connection) -> None:
    walmart = Reports(connection, marketplaces=("WALMART_US",))
    walmart.reconciled("WFS LostInventory", "8.00", on="2026-05-10")
    assert lists(walmart) == NOTHING
