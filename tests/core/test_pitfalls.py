"""What goes wrong with tools of this kind, as sellers and developers tell it: one test for each, named after it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, RowMapping, text

from core import claim_windows
from core.claim_windows import APPEAL, Confidence, window_for
from core.vocabulary import STAGES
from tests.conftest import Database
from tests.core.eventful import Seller
from tests.core.reports import LAMP, MUG, as_of_date, stages
from tests.loaders.conftest import Desk, new_desk
from tests.loaders.reports import cases, ledger, reimbursements

SUMMER = "2026-07-01"
SOLD, REFUNDED, OPEN = "2026-03-01", "2026-04-01", "2026-05-31"
ORDER = "111-1111111-0000001"
PAN = {"sku": "PAN-1", "fnsku": "X0PAN00001", "asin": "B0PAN00001"}
LABELLED = {"sku": "Amazon.Found.B0MUG00001", "fnsku": "B0MUG00001", "asin": MUG["asin"]}


@pytest.fixture
def acme(connection: Connection) -> Seller:
    return Seller(connection)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return new_desk(database.owner, ["AMAZON_US", "AMAZON_DE", "WALMART_US"], tmp_path)


def case(reports: Seller, case_id: str) -> RowMapping:
    query = text("select * from reporting.cases where account = :code and case_id = :case_id")
    return reports.connection.execute(query, {"code": reports.code, "case_id": case_id}).mappings().one()


def item_of(desk: Desk, day: str) -> dict[str, object]:
    desk.detect()
    (item,) = desk.as_of(date.fromisoformat(day), "items")
    return item


def test_reimbursements_are_reversed_later_and_a_fully_reimbursed_case_falls_back(acme: Seller) -> None:
    acme.lost(2, on=SUMMER)
    acme.filed("7", on="2026-07-10", units=2)
    acme.reimbursed(2, "20.00", on="2026-07-15", case="7", name="R1")
    acme.detect()
    assert case(acme, "7")["status"] == "fully_reimbursed"
    acme.reimbursed(-1, "-10.00", on="2026-09-01", original="R1")
    acme.reimbursed(-1, "-10.00", inventory=1, on="2026-09-02", original="R1")
    item = acme.item()
    assert stages(item) == {"reversed": 1, "in_kind": 1}
    assert (item["claimed"], item["lost"], item["detected"]) == (0, Decimal("10.00"), Decimal("10.00"))
    assert (case(acme, "7")["status"], case(acme, "7")["recovered_amount"]) == ("open", 0)
    rows = text("select amount from reporting.reimbursements where account = 'ACME' order by approved_on")
    assert list(acme.connection.execute(rows).scalars()) == [Decimal("20.00"), Decimal("-10.00"), Decimal("-10.00")]


def test_premature_and_duplicate_claims_endanger_the_account_so_neither_is_ever_ready(acme: Seller) -> None:
    acme.returns_go_on("2026-01-05", "2026-12-31")
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED)
    acme.detect()
    the_day_before = (date.fromisoformat(OPEN) - timedelta(days=1)).isoformat()
    assert [stages(acme.items(day)[0]) for day in (the_day_before, OPEN)] == [{"future": 1}, {"ready": 1}]
    acme.filed("7", on="2026-06-01", units=1, order=ORDER)
    assert stages(acme.item("2026-06-02")) == {"in_case": 1}
    acme.filed("8", on="2026-06-03", units=1, order=ORDER)
    assert stages(acme.item("2026-06-04")) == {"in_case": 1}
    acme.reimbursed(1, "13.00", on="2026-06-05", case="7", reason="CustomerReturn", order=ORDER)
    assert stages(acme.item("2026-06-06")) == {"claimed": 1}


def test_deadlines_are_missed_so_each_item_says_how_many_days_are_left_and_each_report_how_old_it_is(
    acme: Seller, desk: Desk
) -> None:
    acme.lost(1, on=SUMMER)
    acme.detect()
    left = {day: acme.items(day)[0]["days_left"] for day in ("2026-08-23", "2026-08-30", "2026-08-31")}
    assert left == {"2026-08-23": 7, "2026-08-30": 0, "2026-08-31": -1}
    acme.connection.commit()
    desk.take("ledger.tsv", ledger({"Date": "05/13/2026"}, {"Date": "05/20/2026"}))
    (run,) = desk.rows("select data_through from reporting.sync_runs where account = :code", code=desk.account.code)
    assert run["data_through"] == date(2026, 5, 20)


def test_wrong_windows_are_published_everywhere_so_every_rule_has_its_dates_its_source_and_how_sure_it_is(
    acme: Seller,
) -> None:
    for rule in claim_windows.load():
        assert rule.source
        assert rule.checked_on >= date(2026, 1, 1)
        assert rule.confidence in Confidence
    shipment = window_for("AMAZON_US", "shipment_lost", date(2026, 5, 1))
    assert shipment is not None
    assert (shipment.closes_after_months, shipment.closes_after_days) == (9, None)
    acme.lost(1, on="2024-10-22")
    acme.lost(1, on="2024-10-23")
    acme.detect()
    old, new = acme.items("2024-12-22")
    # a claim of the earlier loss has to be filed within the new window too: read so, and ready no longer than that
    assert (stages(old), stages(new)) == ({"expired": 1}, {"ready": 1})
    assert old["window_rule"] != new["window_rule"]


def test_payments_below_the_sellers_cost_can_be_evaluated_again_for_a_while_and_the_basis_is_shown(
    acme: Seller,
) -> None:
    acme.costs("15.09", since="2026-01-01")
    acme.lost(51, on=SUMMER)
    acme.reimbursed(50, "377.30", on="2026-07-05")
    item = acme.item("2026-07-20")
    assert (item["value_basis"], item["unit_value"]) == ("sourcing_cost", Decimal("15.09"))
    assert (item["units_claimed"], item["unclaimed"]) == (50, Decimal("15.09"))
    (short,) = acme.connection.execute(text("select * from reporting.underpaid where account = 'ACME'")).mappings()
    assert (short["units"], short["paid"], short["shortfall"]) == (50, Decimal("377.30"), Decimal("377.20"))
    assert (short["sourcing_cost"], short["paid_on"]) == (Decimal("15.09"), date(2026, 7, 5))
    assert short["re_evaluation_until"] == date(2026, 9, 3)


def test_automatic_payments_overlap_with_claims_so_a_fresh_loss_waits_and_units_are_allotted_not_rows(
    acme: Seller,
) -> None:
    acme.lost(3, on=SUMMER)
    acme.lost(2, on="2026-07-02")
    acme.detect()
    assert [stages(item) for item in acme.items("2026-07-07")] == [{"future": 3}, {"future": 2}]
    acme.reimbursed(4, "40.00", on="2026-07-06")
    acme.detect()
    assert [stages(item) for item in acme.items("2026-07-20")] == [{"claimed": 3}, {"ready": 1, "claimed": 1}]


@pytest.mark.parametrize(
    ("quantity", "reason", "category"),
    [
        (-1, "M", "inventory_lost"),
        (-1, "E", "inventory_damaged"),
        (1, "P", None),
        (-1, "Q", None),
        (-1, "O", None),
        (1, "E", None),
    ],
)
def test_reason_codes_are_misread(acme: Seller, quantity: int, reason: str, category: str | None) -> None:
    acme.adjusted(quantity, reason, on=SUMMER)
    acme.detect()
    assert [item["category"] for item in acme.items()] == ([category] if category else [])


def test_goods_that_customers_damaged_are_claimed(acme: Seller) -> None:
    acme.returns_go_on("2026-01-05", "2026-12-31")
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED)
    acme.came_back(on="2026-04-10", disposition="CUSTOMER_DAMAGED")
    assert acme.everything() == []


def test_inventory_given_back_is_counted_as_cash_or_ignored_and_then_claimed_again(acme: Seller) -> None:
    acme.lost(2, on=SUMMER)
    acme.reimbursed(1, "10.00", inventory=1, on="2026-07-05")
    acme.adjusted(1, "N", on="2026-07-06")
    item = acme.item("2026-07-20")
    assert stages(item) == {"claimed": 1, "in_kind": 1}
    assert (item["claimed"], item["unclaimed"]) == (10, 0)


def test_reimbursements_name_no_marketplace_and_currencies_are_summed(connection: Connection) -> None:
    seller = Seller(connection, marketplaces=("AMAZON_US", "AMAZON_DE", "AMAZON_FR"))
    seller.reimbursed(1, "10.00", on=SUMMER)
    seller.reimbursed(1, "20.00", on=SUMMER, marketplace="AMAZON_DE")
    seller.reimbursed(1, "30.00", on=SUMMER, marketplace="AMAZON_UNASSIGNED", currency="EUR")
    seller.detect()
    query = "select marketplace, currency, amount from reporting.totals where account = 'ACME' order by amount"
    assert list(map(tuple, connection.execute(text(query)).all())) == [
        ("AMAZON_US", "USD", Decimal("10.00")),
        ("AMAZON_DE", "EUR", Decimal("20.00")),
        ("AMAZON_UNASSIGNED", "EUR", Decimal("30.00")),
    ]


def test_decimal_commas_orders_of_dates_and_encodings_are_guessed_and_rows_skipped_in_silence(desk: Desk) -> None:
    rows = (
        {"amount-total": "1.234,50", "currency-unit": "EUR", "product-name": "Schöne Lampe", "reimbursement-id": "1"},
        {"amount-total": "4,10", "currency-unit": "EUR", "reimbursement-id": "2"},
        {"amount-total": "viel", "currency-unit": "EUR", "reimbursement-id": "3"},
    )
    result = desk.take("erstattungen.tsv", reimbursements(*rows).replace("12.34", "12,34").encode("cp1252"))
    assert (result.rows, result.new, result.refused) == (3, 2, 1)
    amounts = "select amount from reporting.reimbursements where account = :code order by amount"
    assert desk.column(amounts, code=desk.account.code) == [Decimal("4.10"), Decimal("1234.50")]
    (issue,) = desk.rows("select * from reporting.row_issues where account = :code", code=desk.account.code)
    assert (issue["column_name"], issue["value"]) == ("amount-total", "viel")
    desk.take("ledger.tsv", ledger({"Date": "07/08/2026"}, {"Date": "07/28/2026"}))
    days = "select event_on::text from inventory_event where account_id = :account_id order by 1"
    assert desk.column(days) == ["2026-07-08", "2026-07-28"]


def test_equal_rows_are_real_and_a_new_title_makes_no_new_row(desk: Desk) -> None:
    desk.take("first.tsv", ledger({}, {}))
    desk.take("renamed.tsv", ledger({"Title": "Desk lamp, new"}, {"Title": "Desk lamp, new"}))
    desk.detect()
    assert [item["units"] for item in desk.as_of(date(2026, 6, 1), "items")] == [1, 1]


def test_more_paid_than_lost_is_shown_as_such_and_is_never_negative_money(acme: Seller) -> None:
    acme.costs("4.00", since="2026-01-01")
    acme.lost(2, on=SUMMER)
    acme.reimbursed(3, "45.00", on="2026-07-05")
    acme.reimbursed(2, "30.00", on="2026-07-06")
    acme.adjusted(4, "F", on="2026-07-07")
    acme.detect()
    loss, *beyond = acme.items("2026-07-20")
    assert (stages(loss), loss["claimed"], loss["unclaimed"]) == ({"claimed": 2}, Decimal("30.00"), 0)
    assert [(stages(item), item["claimed"]) for item in beyond] == [
        ({"claimed": 1}, Decimal("15.00")),
        ({"claimed": 2}, Decimal("30.00")),
    ]
    notes = text("select distinct note from item where account_id = :id and origin = 'payment'")
    assert list(acme.connection.execute(notes, {"id": acme.account_id}).scalars()) == ["Paid without a matching event"]
    for item in acme.items("2026-07-20"):
        assert item["unclaimed"] >= 0
        assert item["lost"] >= 0
    assert sum(item["detected"] for item in acme.items()) == Decimal("75.00")


def test_a_deadline_is_off_by_one_between_pacific_time_and_utc(desk: Desk) -> None:
    desk.take("late.tsv", reimbursements({"approval-date": "2026-05-21T06:30:00+00:00"}))
    days = "select approved_on from reporting.reimbursements where account = :code"
    assert desk.column(days, code=desk.account.code) == [date(2026, 5, 20)]
    loss = {"Date": "05/13/2026", "Date and Time": "2026-05-13T23:30:00-0700", "Quantity": "-2"}
    desk.take("ledger.tsv", ledger(loss, columns=[*loss, "FNSKU", "ASIN", "MSKU", "Title", "Event Type", "Reference ID",
              "Fulfillment Center", "Disposition", "Reason", "Country"]))  # fmt: skip
    item = item_of(desk, "2026-07-12")
    assert (item["event_on"], item["deadline_on"], item["units_ready"]) == (date(2026, 5, 13), date(2026, 7, 12), 1)


def test_returns_are_posted_late_and_returnless_refunds_are_in_no_report(acme: Seller) -> None:
    acme.returns_go_on("2026-01-05", "2026-12-31")
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED)
    assert acme.everything() == [("return_lost", 1)]
    acme.came_back(on="2026-04-20")
    assert acme.everything() == []
    acme.sold("111-2", on=SOLD)
    acme.refunded("111-2", on=REFUNDED, principal="6.00")
    assert acme.everything() == []


def test_a_unit_is_found_under_another_sku(acme: Seller) -> None:
    acme.lost(1, on=SUMMER)
    acme.adjusted(1, "F", on="2026-07-20", goods=LABELLED)
    acme.lost(3, on="2026-07-02", unreconciled=1, reconciled=2, goods=PAN)
    acme.detect()
    assert [stages(item) for item in acme.items("2026-08-01")] == [{"in_kind": 1}, {"ready": 1, "in_kind": 2}]


def test_no_marketplace_has_an_interface_for_cases_so_they_come_as_a_file_that_no_sync_overwrites(desk: Desk) -> None:
    desk.take("ledger.tsv", ledger({"Date": "05/13/2026", "Quantity": "-2"}))
    filed = {"claimed_units": "2", "decision": "partially_approved", "decided_on": "2026-05-28"}
    desk.take("cases.csv", cases(filed))
    query = "select status, outcome, recovered_units from reporting.cases where account = :code"
    desk.detect()
    assert desk.rows(query, code=desk.account.code) == [
        {"status": "open", "outcome": "partially_approved", "recovered_units": 0}
    ]
    desk.take("paid.tsv", reimbursements({"case-id": "77010203", "approval-date": "2026-05-30T10:00:00+00:00"}))
    desk.detect()
    assert desk.rows(query, code=desk.account.code) == [
        {"status": "partially_reimbursed", "outcome": "partially_approved", "recovered_units": 1}
    ]


def test_what_is_paid_automatically_is_no_success_of_a_case(acme: Seller) -> None:
    acme.lost(2, on=SUMMER)
    acme.filed("7", on="2026-07-10", units=2)
    acme.reimbursed(1, "10.00", on="2026-07-12")
    acme.reimbursed(1, "11.00", on="2026-07-14", case="7")
    assert stages(acme.item()) == {"claimed": 2}
    seven = case(acme, "7")
    assert (seven["status"], seven["recovered_units"]) == ("partially_reimbursed", 1)
    assert seven["recovered_amount"] == Decimal("11.00")


def test_walmart_ignores_early_claims_hears_one_appeal_and_takes_back_what_it_finds_months_later(
    connection: Connection,
) -> None:
    seller = Seller(connection, marketplaces=("WALMART_US",))
    seller.shipment("CLOSED", marketplace="WALMART_US", shipment="0123456GDM")
    seller.sent(10, 7, damaged=0, shipment="0123456GDM", marketplace="WALMART_US", goods=LAMP)
    seller.delivered("0123456GDM", on="2026-05-01")
    seller.detect()
    days = ("2026-05-10", "2026-05-11", "2026-06-20", "2026-06-21")
    assert [stages(seller.items(day)[0]) for day in days] == [{"future": 3}, {"ready": 3}, {"ready": 3}, {"expired": 3}]
    appeal = window_for("WALMART_US", APPEAL, date(2026, 7, 1))
    assert appeal is not None
    assert appeal.deadline_on(date(2026, 7, 1)) == date(2026, 7, 31)
    seller.adjusted(-1, "LOST", on="2026-05-01", marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
    seller.reconciled("WFS LostInventory", "8.00", on="2026-05-10")
    seller.reconciled("WFS FoundInventory", "-8.00", on="2026-09-10")
    seller.detect()
    loss = next(item for item in seller.items() if item["category"] == "inventory_lost")
    assert (stages(loss), loss["claimed"], loss["detected"]) == ({"in_kind": 1}, 0, 0)


def test_a_gap_in_a_report_is_no_lost_unit(acme: Seller) -> None:
    acme.returns_go_on("2026-01-05", "2026-03-20")
    acme.returns_go_on("2026-09-01", "2026-12-31")
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED)
    (item,) = acme.of("return_lost", "2026-06-15")
    assert stages(item) == {"review": 1}
    assert "return" in item["review_reason"].lower()


def test_a_reversal_reimbursement_is_a_credit(acme: Seller) -> None:
    acme.returns_go_on("2026-01-05", "2026-12-31")
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED)
    acme.reimbursed(1, "43.29", on="2026-06-10", reason="REVERSAL_REIMBURSEMENT", order=ORDER)
    (item,) = acme.of("return_lost")
    assert (stages(item), item["claimed"], item["lost"]) == ({"claimed": 1}, Decimal("43.29"), 0)


def test_overlapping_imports_double_the_money(desk: Desk) -> None:
    may, june = {"reimbursement-id": "1"}, {"reimbursement-id": "2", "approval-date": "2026-06-20T10:00:00+00:00"}
    for name, rows in (("may", (may,)), ("all", (may, june)), ("june", (june,)), ("again", (june, may))):
        desk.take(f"{name}.tsv", reimbursements(*rows))
    desk.detect()
    claimed = "select sum(claimed) from reporting.items where account = :code"
    assert desk.column(claimed, code=desk.account.code) == [Decimal("24.68")]


def test_the_older_settlement_is_for_history_and_is_not_counted_beside_the_newer(acme: Seller) -> None:
    acme.returns_go_on("2026-01-05", "2026-12-31")
    acme.sold(on=SOLD)
    acme.refunded(on=REFUNDED)
    acme.detect()
    before = acme.items()
    for transaction_type, price in (("Order", "20.00"), ("Refund", "-20.00")):
        add_to_older_settlement(acme, ORDER, transaction_type, price, document="1")
    acme.detect()
    assert [(item["units"], item["detected"]) for item in acme.items()] == [
        (item["units"], item["detected"]) for item in before
    ]
    add_to_older_settlement(acme, "111-2", "Order", "20.00")
    add_to_older_settlement(acme, "111-2", "Refund", "-20.00")
    assert {item["order_id"] for item in acme.of("return_lost")} == {ORDER, "111-2"}


def add_to_older_settlement(
    reports: Seller, order: str, transaction_type: str, price: str, *, document: str = "V1"
) -> None:
    """A line of the settlement report, V1; the newer lines of these tests are those of document 1."""
    words = (
        "merchant_order_id adjustment_id shipment_id order_line merchant_order_line merchant_adjustment_line shop"
        " shipment_fee_type order_fee_type item_fee_type other_fee_reason promotion_id promotion_type"
        " direct_payment_type"
    )
    reports._add(
        "settlement_v1_row",
        **dict.fromkeys(words.split(), ""),
        marketplace="AMAZON_US",
        document=document,
        posted_on=SOLD if transaction_type == "Order" else REFUNDED,
        transaction_type=transaction_type,
        order_id=order,
        fulfilment_type="AFN",
        sku=MUG["sku"],
        quantity=1,
        currency="USD",
        price_type="Principal",
        price=price,
    )


def test_lost_money_says_whether_it_expired_was_refused_or_was_taken_back(acme: Seller) -> None:
    acme.costs("4.00", since="2026-01-01")
    acme.lost(3, on=SUMMER)
    acme.reimbursed(1, "10.00", on="2026-07-05", name="R1")
    acme.reimbursed(-1, "-10.00", on="2026-07-20", original="R1")
    acme.filed("7", on="2026-07-21", units=1, decision="denied", decided="2026-07-25")
    acme.detect()
    as_of_date(acme.connection, "2026-08-31")
    query = "select stage, units, amount from reporting.totals where account = 'ACME' and total = 'lost' order by stage"
    assert list(map(tuple, acme.connection.execute(text(query)).all())) == [
        ("denied", 1, Decimal("4.00")),
        ("expired", 1, Decimal("4.00")),
        ("reversed", 1, Decimal("10.00")),
    ]


def test_claimed_means_recovered_and_what_is_in_a_case_is_counted_once(acme: Seller) -> None:
    acme.costs("4.00", since="2026-01-01")
    acme.lost(3, on=SUMMER)
    acme.filed("7", on="2026-07-10", units=2)
    item = acme.item("2026-07-20")
    assert (stages(item), item["claimed"]) == ({"ready": 1, "in_case": 2}, 0)
    assert (item["unclaimed"], item["detected"]) == (Decimal("12.00"), Decimal("12.00"))
    assert STAGES["in_case"].total == "unclaimed"
    assert "received" not in STAGES["in_case"].meaning


def test_nine_months_are_not_270_days_and_the_closing_day_is_the_last(acme: Seller) -> None:
    acme.shipment("CLOSED")
    acme.sent(10, 7)
    acme.delivered(on="2026-05-31")
    acme.detect()
    item = acme.items("2027-02-28")[0]
    assert (item["deadline_on"], item["days_left"], stages(item)) == (date(2027, 2, 28), 0, {"ready": 3})
    assert stages(acme.items("2027-03-01")[0]) == {"expired": 3}
