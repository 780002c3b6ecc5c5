"""What becomes an item, at which value and until when; and what looks like one and is none."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from core.detect import DETECTED, finding, steps
from core.vocabulary import CATEGORIES
from tests.core.reports import LAMP, MUG, Reports, stages

SUMMER = "2026-07-01"
LONG_BEFORE = "2024-01-10"


@pytest.fixture
def acme(connection: Connection) -> Reports:
    Reports(connection, "OTHER").lost(7, on=SUMMER)
    return Reports(connection)


def test_every_detected_category_is_in_the_vocabulary() -> None:
    assert set(CATEGORIES) >= DETECTED


def test_a_detector_names_no_column_that_a_candidate_lacks(connection: Connection) -> None:
    for table in finding.TABLES:
        empty = f"create temp table {table} on commit drop as {steps.query_of(table)} with no data"
        connection.execute(text(empty), {"account_id": None})
    of_a_candidate = set(connection.execute(text("select * from candidate")).keys())
    for detector in steps.DETECTORS:
        named = connection.execute(text(steps.query_of(detector)), {"account_id": 0}).keys()
        assert set(named) <= of_a_candidate, detector


class TestWhatIsFound:
    """Adjustments whose code says that the marketplace lost or damaged units."""

    @pytest.mark.parametrize(
        ("reason", "category"),
        [
            ("M", "inventory_lost"),
            ("5", "inventory_lost"),
            ("m", "inventory_lost"),
            ("E", "inventory_damaged"),
            ("6", "inventory_damaged"),
        ],
    )
    def test_units_that_left_by_such_a_code_are_an_item(self, acme: Reports, reason: str, category: str) -> None:
        acme.adjusted(-3, reason, on=SUMMER)
        item = acme.item(as_of="2026-07-20")
        assert (item["category"], item["units"], stages(item)) == (category, 3, {"ready": 3})
        assert (item["sku"], item["fnsku"], item["asin"]) == tuple(MUG.values())
        assert (item["account"], item["marketplace"], item["currency"]) == ("ACME", "AMAZON_US", "USD")

    def test_what_only_looks_like_it_is_none(self, acme: Reports) -> None:
        for quantity, reason in [
            (3, "P"),  # the twin of a damage: the same unit, put elsewhere
            (-3, "P"),
            (3, "M"),
            (3, "E"),
            (0, "M"),
            (3, "F"),
            (-3, "F"),
            (3, "N"),
            (3, "D"),
            (-3, "Q"),
            (-3, "3"),
            (3, "4"),
            (-3, "O"),
            (-3, "G"),
            (-3, "X"),
            (-3, ""),
        ]:
            acme.adjusted(quantity, reason, on=SUMMER)
        for event_type in ("Shipments", "WhseTransfers", "Receipts", "CustomerReturns", "VendorReturns"):
            acme.adjusted(-3, "M", on=SUMMER, event_type=event_type)
        acme.detect()
        assert acme.items() == []

    def test_equal_lines_are_items_of_their_own(self, acme: Reports) -> None:
        acme.lost(1, on=SUMMER)
        acme.lost(1, on=SUMMER)
        assert acme.detect().items == 2

    @pytest.mark.parametrize("reason", ["H", "K", "U", "7"])
    def test_units_that_were_unsellable_before_are_in_review(self, acme: Reports, reason: str) -> None:
        acme.adjusted(-2, reason, on=SUMMER)
        item = acme.item(as_of="2026-07-20")
        assert stages(item) == {"review": 2}
        assert "unsellable" in item["review_reason"]

    def test_walmart_names_its_reasons_by_code_or_by_description(self, acme: Reports) -> None:
        acme.adjusted(-2, "XY", on=SUMMER, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
        acme.adjusted(
            -2, "77", on=SUMMER, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment",
            reason_text="Lost in  Warehouse",
        )  # fmt: skip
        item = acme.item()
        assert (item["category"], item["channel"], stages(item)) == ("inventory_lost", "walmart", {"ready": 2})

    @pytest.mark.parametrize(
        ("reconciled", "unreconciled", "expected"),
        [(None, None, {"ready": 5}), (3, 2, {"ready": 2, "in_kind": 3}), (3, -2, {"ready": 2, "in_kind": 3})],
    )
    def test_amazons_own_count_of_open_units_is_the_upper_bound(
        self, acme: Reports, reconciled: int | None, unreconciled: int | None, expected: dict[str, int]
    ) -> None:
        acme.lost(5, on=SUMMER, reconciled=reconciled, unreconciled=unreconciled)
        assert stages(acme.item(as_of="2026-07-20")) == expected

    @pytest.mark.parametrize(("reconciled", "unreconciled", "open_units"), [(0, 0, 5), (3, 2, 2), (0, 5, 5)])
    def test_damages_are_bound_only_where_the_report_tracks_them(
        self, acme: Reports, reconciled: int, unreconciled: int, open_units: int
    ) -> None:
        acme.adjusted(-5, "E", on=SUMMER, reconciled=reconciled, unreconciled=unreconciled)
        assert acme.item(as_of="2026-07-20")["units_ready"] == open_units


class TestWhen:
    """The claim window in force on the event's date, in the marketplace's own days."""

    @pytest.mark.parametrize(
        ("as_of", "stage", "days_left"),
        [
            ("2026-06-30", "future", 61),
            ("2026-07-01", "future", 60),
            ("2026-07-07", "future", 54),
            ("2026-07-08", "ready", 53),
            ("2026-08-30", "ready", 0),
            ("2026-08-31", "expired", -1),
        ],
    )
    def test_amazon_pays_by_itself_for_a_week_and_day_60_is_the_last(
        self, acme: Reports, as_of: str, stage: str, days_left: int
    ) -> None:
        acme.lost(2, on=SUMMER)
        item = acme.item(as_of=as_of)
        assert stages(item) == {stage: 2}
        assert item["days_left"] == days_left
        assert (str(item["opens_on"]), str(item["deadline_on"])) == ("2026-07-08", "2026-08-30")

    def test_today_is_the_marketplaces_own(self, connection: Connection) -> None:
        for time_zone in ("America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"):
            query = text("select now() as now, derived.today(:time_zone) as today")
            row = connection.execute(query, {"time_zone": time_zone}).one()
            assert row.today == row.now.astimezone(ZoneInfo(time_zone)).date()

    def test_an_event_is_judged_by_the_rule_of_its_date(self, acme: Reports) -> None:
        acme.lost(1, on="2024-10-22")
        acme.lost(1, on="2024-10-23")
        acme.detect()
        old, new = acme.items()
        assert (str(old["deadline_on"]), str(new["deadline_on"])) == ("2024-12-21", "2024-12-22")
        assert old["window_rule"] != new["window_rule"]

    def test_an_unconfirmed_window_is_a_reason_for_review(self, connection: Connection) -> None:
        canadian = Reports(connection, marketplaces=("AMAZON_CA",))
        canadian.lost(2, on=SUMMER, marketplace="AMAZON_CA")
        item = canadian.item(as_of="2026-07-20")
        assert (stages(item), item["window_confidence"]) == ({"review": 2}, "unconfirmed")
        assert "unconfirmed" in item["review_reason"]

    def test_walmart_has_no_published_deadline_so_units_are_ready_and_never_expire(self, acme: Reports) -> None:
        acme.adjusted(-2, "LOST", on=LONG_BEFORE, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
        item = acme.item(as_of="2036-01-01")
        assert stages(item) == {"ready": 2}
        assert (item["deadline_on"], item["days_left"], item["window_rule"]) == (None, None, None)

    def test_walmart_does_not_pay_by_itself_so_units_are_ready_at_once(self, acme: Reports) -> None:
        acme.adjusted(-2, "LOST", on=SUMMER, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
        assert stages(acme.item(as_of=SUMMER)) == {"ready": 2}

    def test_another_date_moves_stages_and_neither_what_was_detected_nor_what_was_paid(self, acme: Reports) -> None:
        acme.costs("4.00", since="2020-01-01")
        acme.lost(5, on=SUMMER)
        acme.reimbursed(2, "21.00", on="2026-07-05")
        acme.detect()
        dates = ("2026-07-02", "2026-07-08", "2026-08-30", "2026-08-31", "2030-01-01")
        seen = [acme.items(as_of)[0] for as_of in dates]
        assert [stages(item) for item in seen] == [
            {"future": 3, "claimed": 2},
            {"ready": 3, "claimed": 2},
            {"ready": 3, "claimed": 2},
            {"claimed": 2, "expired": 3},
            {"claimed": 2, "expired": 3},
        ]
        assert {(item["detected"], item["claimed"]) for item in seen} == {(Decimal("33.00"), Decimal("21.00"))}
        assert {item["unclaimed"] + item["claimed"] + item["lost"] for item in seen} == {Decimal("33.00")}
        assert [item["lost"] for item in seen] == [0, 0, 0, Decimal("12.00"), Decimal("12.00")]


class TestUnknownMarketplace:
    """A row without a marketplace is judged by a window only if all candidates share it, and is in review."""

    def test_it_is_judged_where_all_of_the_accounts_marketplaces_share_the_window(self, connection: Connection) -> None:
        european = Reports(connection, marketplaces=("AMAZON_DE", "AMAZON_FR"))
        european.lost(2, on=SUMMER, marketplace="AMAZON_UNASSIGNED")
        item = european.item(as_of="2026-07-20")
        assert stages(item) == {"review": 2}
        assert (item["review_reason"], item["currency"]) == ("The marketplace is not known.", "EUR")
        assert str(item["deadline_on"]) == "2026-08-30"

    def test_it_is_not_judged_where_they_differ(self, connection: Connection) -> None:
        worldwide = Reports(connection, marketplaces=("AMAZON_US", "AMAZON_JP"))
        worldwide.lost(2, on="2024-12-01", marketplace="AMAZON_UNASSIGNED")
        item = worldwide.item(as_of="2036-01-01")
        assert stages(item) == {"review": 2}
        assert (item["deadline_on"], item["window_rule"], item["currency"]) == (None, None, "")

    def test_a_payment_tells_the_currency_and_everything_still_adds_up(self, connection: Connection) -> None:
        american = Reports(connection, marketplaces=("AMAZON_US", "AMAZON_CA"))
        american.lost(2, on=SUMMER, marketplace="AMAZON_UNASSIGNED")
        american.reimbursed(1, "10.00", on="2026-07-05")
        item = american.item(as_of="2026-07-20")
        assert (item["currency"], item["claimed"], stages(item)) == ("USD", 10, {"review": 1, "claimed": 1})


class TestValue:
    """The seller's own cost, else what was last paid before, else the first paid after, else unknown."""

    def test_the_sourcing_cost_that_holds_on_the_day(self, acme: Reports) -> None:
        acme.costs("3.00", since="2026-01-01")
        acme.costs("4.00", since=SUMMER)
        acme.costs("5.00", since="2026-07-02")
        acme.costs("9.00", since="2026-01-01", sku="PAN-1")
        acme.costs("9.00", since="2026-01-01", currency="EUR")
        acme.lost(2, on=SUMMER)
        item = acme.item(as_of="2026-07-20")
        assert (item["unit_value"], item["value_basis"]) == (Decimal("4.00"), "sourcing_cost")
        assert (item["unclaimed"], item["detected"]) == (Decimal("8.00"), Decimal("8.00"))

    def test_a_marketplaces_own_cost_goes_before_the_cost_of_its_currency(self, acme: Reports) -> None:
        acme.costs("5.00", since="2026-06-01")
        acme.costs("4.00", since="2026-01-01", marketplace="AMAZON_US")
        acme.costs("6.00", since="2026-01-01", marketplace="AMAZON_CA")
        acme.lost(2, on=SUMMER)
        assert acme.item()["unit_value"] == Decimal("4.00")

    def test_without_one_it_is_what_was_last_paid_before_the_event(self, acme: Reports) -> None:
        acme.costs("3.00", since="2026-07-02")
        acme.reimbursed(1, "7.00", on="2026-05-01")
        acme.reimbursed(3, "25.00", on="2026-06-01")
        acme.reimbursed(1, "9.00", on="2026-07-20", reason="Damaged_Warehouse")
        acme.lost(2, on=SUMMER)
        acme.detect()
        item = next(item for item in acme.items() if item["units"] == 2)
        assert (item["unit_value"], item["value_basis"]) == (Decimal("8.33"), "last_paid")

    def test_nothing_paid_before_it_is_the_first_paid_after(self, acme: Reports) -> None:
        acme.reimbursed(1, "9.00", on="2026-08-20", reason="Damaged_Warehouse")
        acme.reimbursed(1, "8.00", on="2026-07-20", reason="Damaged_Warehouse")
        acme.lost(2, on=SUMMER)
        acme.detect()
        item = next(item for item in acme.items() if item["units"] == 2)
        assert (item["unit_value"], item["value_basis"]) == (Decimal("8.00"), "last_paid")

    def test_payments_of_other_goods_marketplaces_fees_and_units_in_kind_say_nothing(self, acme: Reports) -> None:
        acme.reimbursed(1, "9.00", on="2026-06-01", goods=MUG | {"sku": "PAN-1"})
        acme.reimbursed(1, "9.00", on="2026-06-01", marketplace="AMAZON_CA")
        acme.reimbursed(1, "9.00", on="2026-06-01", reason="Fee_Correction")
        acme.reimbursed(1, "9.00", on="2026-06-01", reason="Something_New")
        acme.reimbursed(0, "0.00", inventory=1, on="2026-06-01")
        acme.lost(2, on=SUMMER)
        acme.detect()
        item = next(item for item in acme.items() if item["units"] == 2)
        assert (item["unit_value"], item["value_basis"]) == (None, "unknown")

    def test_an_unknown_value_is_no_amount_and_its_units_are_shown(self, acme: Reports) -> None:
        acme.lost(2, on=SUMMER)
        item = acme.item(as_of="2026-07-20")
        assert (stages(item), item["unclaimed"], item["detected"]) == ({"ready": 2}, 0, 0)
        total = acme.connection.execute(text("select * from reporting.totals where account = 'ACME'")).mappings().one()
        assert (total["stage"], total["items"], total["units"], total["amount"]) == ("ready", 1, 2, 0)


class TestAgain:
    """Detecting is a function of the rows."""

    def test_detecting_again_changes_nothing_and_keeps_ids(self, acme: Reports) -> None:
        acme.lost(5, on=SUMMER)
        acme.reimbursed(2, "21.00", on="2026-07-05", case="9")
        acme.filed("7", on="2026-07-10", units=1)
        first, before = acme.detect(), acme.items()
        again = acme.detect()
        assert (first.items, first.new) == (1, 1)
        assert (again.items, again.new, again.changed, again.unchanged, again.withdrawn) == (1, 0, 0, 1, 0)
        assert acme.items() == before

    def test_an_item_whose_row_is_gone_goes_with_its_evidence(self, acme: Reports) -> None:
        row = acme.lost(5, on=SUMMER)
        acme.detect()
        acme.forget("inventory_event", row)
        gone = acme.detect()
        assert (gone.items, gone.withdrawn) == (0, 1)
        assert acme.items() == []
        evidence = "select count(*) from item_evidence where account_id = :account_id"
        assert acme.connection.execute(text(evidence), {"account_id": acme.account_id}).scalar_one() == 0

    def test_a_later_payment_changes_the_item_and_not_its_id(self, acme: Reports) -> None:
        acme.lost(5, on=SUMMER)
        before = acme.item()
        acme.reimbursed(2, "21.00", on="2026-07-05")
        counts = acme.detect()
        assert (counts.new, counts.changed) == (0, 1)
        assert [item["item_id"] for item in acme.items()] == [before["item_id"]]

    def test_one_accounts_detection_leaves_the_others_alone(self, connection: Connection) -> None:
        one, other = Reports(connection), Reports(connection, "OTHER")
        for reports in (one, other):
            reports.lost(1, on=SUMMER)
            reports.detect()
        before = other.items()
        one.reimbursed(1, "10.00", on="2026-07-05")
        one.detect()
        assert other.items() == before
        assert stages(one.items()[0]) == {"claimed": 1}

    def test_an_account_without_rows_has_no_items(self, acme: Reports) -> None:
        assert acme.detect().items == 0


class TestSettledFromRows:
    """The rules of settling are tested on facts; this is that rows become those facts."""

    def test_payments_finds_and_cases_reach_their_items(self, acme: Reports) -> None:
        acme.lost(6, on=SUMMER)
        acme.reimbursed(1, "10.00", on="2026-07-05", name="R1")
        acme.reimbursed(-1, "-10.00", on="2026-07-06", original="R1")
        acme.adjusted(1, "F", on="2026-07-07")
        acme.filed("7", on="2026-07-10", units=2)
        acme.filed("8", on="2026-07-11", units=1, decision="denied", decided="2026-07-15")
        item = acme.item(as_of="2026-07-20")
        assert stages(item) == {"ready": 1, "in_case": 2, "denied": 1, "reversed": 1, "in_kind": 1}
        assert item["lost"] == Decimal("20.00")

    def test_walmarts_reconciliation_lines_pay_and_take_back(self, acme: Reports) -> None:
        acme.adjusted(-4, "LOST", on=SUMMER, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
        acme.reconciled("WFS LostInventory", "16.00", on="2026-07-10", quantity=2)
        acme.reconciled("WFS FoundInventory", "-8.00", on="2026-07-11", quantity=1)
        acme.reconciled("Some credit", "9.00", on="2026-07-12", transaction_type="Dispute")
        acme.reconciled("WFS Fulfillment fee", "-5.45", on="2026-07-13")
        item = acme.item()
        assert stages(item) == {"ready": 1, "claimed": 2, "in_kind": 1}
        assert item["claimed"] == Decimal("17.00")

    @pytest.mark.parametrize("quantity", [None, 0])
    def test_a_payment_line_that_does_not_say_how_many_is_for_one(self, acme: Reports, quantity: int | None) -> None:
        acme.adjusted(-2, "LOST", on=SUMMER, marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
        acme.reconciled("WFS LostInventory", "8.00", on="2026-07-10", quantity=quantity)
        assert stages(acme.item()) == {"ready": 1, "claimed": 1}

    def test_a_suspected_payment_names_its_doubt(self, acme: Reports) -> None:
        acme.reimbursed(1, "10.00", on="2026-06-28")
        acme.lost(3, on=SUMMER)
        acme.detect()
        item = next(item for item in acme.items("2026-07-20") if item["units"] == 3)
        assert stages(item) == {"ready": 2, "review": 1}
        assert item["review_reason"] == "The payment R0 of 2026-06-28 (Lost_Warehouse) may be for it."
        assert item["review_code"] == "may_be_paid"
