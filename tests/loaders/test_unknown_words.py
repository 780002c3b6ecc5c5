"""What no registry knows is told: by the sync, and by the view that Data sync and other tools read."""

from typing import Any

import pytest
from sqlalchemy import text

from core.vocabulary import ADJUSTMENT_REASONS, KNOWN_WORDS, PAYMENT_REASONS, REPORT_WORDS, fold
from loaders.store.unknown_words import UnknownWord, messages
from tests.loaders.conftest import Desk
from tests.loaders.reports import ledger, recon, reimbursements, returns
from tests.loaders.test_samples import SAMPLES


def unknown(desk: Desk) -> list[dict[str, Any]]:
    desk.detect()
    return desk.rows(
        "select u.* from reporting.unknown_words as u inner join account as a on a.code = u.account"
        " where a.account_id = :account_id order by format, column_name, word, currency"
    )


def words(desk: Desk) -> list[tuple[str, str, str]]:
    return [(row["format"], row["column_name"], row["word"]) for row in unknown(desk)]


def test_an_unknown_reason_is_listed_with_its_rows_units_and_money(desk: Desk) -> None:
    rows = [
        {"reimbursement-id": "1", "reason": "Goodwill_2027", "amount-total": "10.00", "quantity-reimbursed-cash": "2"},
        {"reimbursement-id": "2", "reason": "Goodwill_2027", "amount-total": "-2.50", "approval-date": "2026-06-01"},
        {"reimbursement-id": "3", "reason": "Goodwill_2027", "amount-total": "7.00", "currency-unit": "EUR"},
        {"reimbursement-id": "4", "reason": "lost warehouse"},
    ]
    desk.take("paid.tsv", reimbursements(*rows))
    dollars = next(row for row in unknown(desk) if row["currency"] == "USD")
    assert (dollars["format"], dollars["column_name"], dollars["word"]) == (
        "amazon_reimbursements",
        "reason",
        "Goodwill_2027",
    )
    assert (dollars["rows"], dollars["units"], str(dollars["amount"])) == (2, 3, "7.50")
    assert (str(dollars["first_on"]), str(dollars["last_on"])) == ("2026-05-20", "2026-06-01")
    assert len(unknown(desk)) == 2


@pytest.mark.parametrize(
    "reason",
    [
        *("Lost_Outbound", "Lost:Outbound", "Damaged_Outbound", "GeneralAdjustment", "General_Adjustment"),
        *("ReturnAdjustment", "MISSING_FROM_INVENTORY", "CARRIER_DAMAGED_DISCARD", "EXCESSIVE_LIABILITY"),
        *("WEIGHT_AND_DIMENSIONS_CHANGE", "LIQUIDATIONS_ADJUSTMENTS", "REIMBURSEMENT_FOR_RETURN_SHIPPING"),
        "CustomerServiceIssue",
    ],
)
def test_reasons_that_were_seen_in_public_are_known(reason: str) -> None:
    assert fold(reason) in {fold(entry.reason) for entry in PAYMENT_REASONS}


def test_no_word_is_in_a_registry_twice() -> None:
    for entries in (
        [(each.channel, fold(each.reason)) for each in PAYMENT_REASONS],
        [(each.channel, fold(each.code)) for each in ADJUSTMENT_REASONS],
        [(each.channel, each.subject, fold(each.word)) for each in (*REPORT_WORDS, *KNOWN_WORDS)],
    ):
        assert len(entries) == len(set(entries))


def test_codes_of_the_ledger_and_of_returns_are_listed(desk: Desk) -> None:
    desk.take("ledger.tsv", ledger({"Reason": "X", "Event Type": "Teleports", "Disposition": "HAUNTED"}, {}))
    desk.take("returns.tsv", returns({"detailed-disposition": "EATEN", "status": "Gone"}, {}))
    assert words(desk) == [
        ("amazon_customer_returns", "disposition", "EATEN"),
        ("amazon_customer_returns", "status", "Gone"),
        ("amazon_ledger_detail", "disposition", "HAUNTED"),
        ("amazon_ledger_detail", "event_type", "Teleports"),
        ("amazon_ledger_detail", "reason", "X"),
    ]


def test_walmarts_types_and_descriptions_are_listed(desk: Desk) -> None:
    odd = {
        "Transaction Type": "Gift",
        "Transaction Description": "WFS Apology",
        "Amount Type": "Sorry",
        "Amount": "3.00",
    }
    desk.take("recon.csv", recon("13.00", odd, {}))
    found = unknown(desk)
    assert [(row["column_name"], row["word"], str(row["amount"])) for row in found] == [
        ("amount_type", "Sorry", "3.00"),
        ("description", "WFS Apology", "3.00"),
        ("transaction_type", "Gift", "3.00"),
    ]


def test_what_walmart_says_of_a_parcel_on_its_way_back_is_listed(desk: Desk) -> None:
    page = (SAMPLES / "walmart_returns" / "page.json").read_text(encoding="utf-8")
    desk.take("page.json", page.replace("RETURN_INITIATED", "RETURN_LOITERING").replace('"DELIVERED"', '"HOVERING"'))
    assert {(column, word) for _, column, word in words(desk)} >= {
        ("delivery_status", "HOVERING"),
        ("tracking_events", "RETURN_LOITERING"),
    }


def test_transactions_types_and_reasons_of_reimbursements_are_listed(desk: Desk) -> None:
    page = (SAMPLES / "amazon_finances" / "page.json").read_text(encoding="utf-8")
    told = page.replace("Order Payment", "FBA Inventory Reimbursement - Apology").replace('"Refund"', '"Refunderia"')
    desk.take("page.json", told)
    assert words(desk) == [
        ("amazon_finances", "description", "Apology"),
        ("amazon_finances", "transaction_type", "Refunderia"),
    ]


def test_what_is_known_is_not_listed(desk: Desk) -> None:
    desk.take("ledger.tsv", ledger({}))
    desk.take("paid.tsv", reimbursements({}))
    desk.take("recon.csv", recon("10.00", {}))
    desk.sync(SAMPLES / "amazon_settlement_v2" / "us.txt")
    assert [word for word in words(desk) if word[0] != "amazon_settlement_v2"] == []


def test_words_of_another_account_are_not_listed(desk: Desk, other: Desk) -> None:
    desk.take("paid.tsv", reimbursements({"reason": "Theirs"}))
    other.take("paid.tsv", reimbursements({"reason": "Ours"}))
    assert words(desk) == [("amazon_reimbursements", "reason", "Theirs")]
    assert words(other) == [("amazon_reimbursements", "reason", "Ours")]


def test_a_word_that_is_gone_is_no_longer_listed(desk: Desk) -> None:
    desk.take("ledger.tsv", ledger({"Reason": "X"}))
    assert words(desk)
    with desk.engine.begin() as connection:
        connection.execute(
            text("update inventory_event set reason = 'M' where account_id = :account_id"),
            {"account_id": desk.account.account_id},
        )
    assert words(desk) == []


def test_many_words_are_told_in_a_few_lines() -> None:
    many = [UnknownWord("amazon_ledger_detail", "reason", f"W{n}", 1, 1, None, "", None, None) for n in range(30)]
    lines = messages(many)
    assert (len(lines), lines[-1].startswith("Unknown: 20 more words")) == (11, True)
    assert lines[0] == "Unknown: Amazon inventory ledger, detailed view, reason 'W0': 1 rows, 1 units"
