"""Commissions and fulfilment fees above what holds for the goods on the day of the charge, and what only looks so."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.core.detect.charging import ORDER, PREVIEWED, FeeReports
from tests.core.reports import LAMP, MUG, stages

CHARGED, SOON, LAST, TOO_LATE = "2026-06-01", "2026-06-02", "2026-08-30", "2026-08-31"
REFERRAL, FULFILMENT = "referral_fee_overcharge", "fulfilment_fee_overcharge"


@pytest.fixture
def acme(connection: Connection) -> FeeReports:
    return FeeReports(connection)


def seen(reports: FeeReports, category: str, as_of: str = SOON) -> list[tuple[dict[str, int], Decimal]]:
    """The stages and the value of each item of a category."""
    return [(stages(item), item["unit_value"]) for item in reports.of(category, as_of)]


class TestAmazonsReferralFee:
    """Commission by rate, against the rate of the preview."""

    def test_a_commission_above_the_rate_is_an_item_of_the_difference(self, acme: FeeReports) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, price="40.00", units=2, commission="8.00")
        (item,) = acme.of(REFERRAL, SOON)
        assert (stages(item), item["unit_value"], item["units"]) == ({"ready": 1}, Decimal("2.00"), 1)
        assert (item["order_id"], item["sku"], str(item["event_on"])) == (ORDER, MUG["sku"], CHARGED)
        assert (str(item["deadline_on"]), item["unclaimed"]) == (LAST, Decimal("2.00"))
        assert stages(acme.of(REFERRAL, TOO_LATE)[0]) == {"expired": 1}

    @pytest.mark.parametrize(
        "sale",
        [
            {"price": "20.00", "commission": "3.00"},
            {"price": "30.00", "commission": "4.50"},  # another price, the same rate
            {"price": "19.99", "commission": "3.01"},  # rounding
            {"price": "60.00", "commission": "9.02", "units": 3},
            {"price": "20.00", "commission": "2.70", "discount": "2.00"},
            {"price": "1.00", "commission": "0.30"},  # the least commission
            {"price": "2.00", "commission": "0.60", "units": 2},
        ],
    )
    def test_a_commission_at_the_rate_is_none(self, acme: FeeReports, sale: dict[str, Any]) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, **sale)
        assert acme.of(REFERRAL) == []

    def test_a_discount_makes_less_due(self, acme: FeeReports) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, price="20.00", discount="4.00", commission="3.00")
        assert seen(acme, REFERRAL) == [({"ready": 1}, Decimal("0.60"))]

    def test_the_referral_fee_preview_tells_the_rate_too(self, acme: FeeReports) -> None:
        acme.referral_previewed(price="50.00", fee="4.00")
        acme.sold(on=CHARGED, price="50.00", commission="7.50")
        assert seen(acme, REFERRAL) == [({"ready": 1}, Decimal("3.50"))]

    def test_previews_that_differ_are_doubtful_and_the_higher_rate_counts(self, acme: FeeReports) -> None:
        acme.previewed(referral="1.60")
        acme.referral_previewed(price="20.00", fee="2.40")
        acme.sold(on=CHARGED, price="20.00", commission="3.00")
        assert seen(acme, REFERRAL) == [({"review": 1}, Decimal("0.60"))]

    @pytest.mark.parametrize(
        ("previewed_on", "word"),
        [(None, "day of the fee preview"), ("2026-11-20", "too far"), ("2026-01-10", "too far")],
    )
    def test_a_preview_of_another_time_is_doubtful(self, acme: FeeReports, previewed_on: str | None, word: str) -> None:
        acme.previewed(on=previewed_on)
        acme.sold(on=CHARGED, commission="4.00")
        (item,) = acme.of(REFERRAL, SOON)
        assert stages(item) == {"review": 1}
        assert word in item["review_reason"]

    def test_a_change_of_fees_between_charge_and_preview_is_doubtful(self, acme: FeeReports) -> None:
        acme.previewed(on="2026-01-20")
        acme.sold(on="2026-01-10", commission="4.00")
        (item,) = acme.of(REFERRAL, "2026-01-21")
        assert "fees changed" in item["review_reason"]

    def test_a_higher_price_may_have_a_higher_rate(self, acme: FeeReports) -> None:
        acme.previewed(price="9.50", referral="0.76")
        acme.sold(on=CHARGED, price="12.00", commission="1.80")
        acme.sold("111-2", on=CHARGED, price="9.00", commission="1.35")
        assert seen(acme, REFERRAL) in (
            [({"review": 1}, Decimal("0.84")), ({"ready": 1}, Decimal("0.63"))],
            [({"ready": 1}, Decimal("0.63")), ({"review": 1}, Decimal("0.84"))],
        )

    def test_a_mixed_rate_holds_at_its_own_price_alone(self, acme: FeeReports) -> None:
        acme.previewed(price="150.00", referral="19.00")
        acme.sold(on=CHARGED, price="120.00", commission="16.60")
        assert [part for part, _ in seen(acme, REFERRAL)] == [{"review": 1}]

    def test_a_refund_takes_the_whole_of_it_with_it(self, acme: FeeReports) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, commission="4.00")
        acme.refunded(on="2026-06-10")
        assert acme.of(REFERRAL) == []

    def test_a_refund_in_part_is_doubtful(self, acme: FeeReports) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, price="100.00", units=5, commission="20.00")
        acme.refunded(on="2026-06-10", principal="20.00")
        assert seen(acme, REFERRAL, "2026-06-11") == [({"review": 1}, Decimal("4.40"))]

    def test_other_skus_marketplaces_and_currencies_have_other_rates(self, acme: FeeReports) -> None:
        acme.previewed(sku="PAN-1")
        acme.previewed(marketplace="AMAZON_CA")
        acme.sold(on=CHARGED, commission="9.00")
        assert acme.of(REFERRAL) == []

    def test_what_tax_on_the_fee_would_be_is_doubtful(self, connection: Connection) -> None:
        german = FeeReports(connection, marketplaces=("AMAZON_DE",))
        german.previewed(marketplace="AMAZON_DE", price="20.00", referral="3.00")
        german.sold(on=CHARGED, marketplace="AMAZON_DE", price="18.40", commission="3.57")
        german.sold("111-2", on=CHARGED, marketplace="AMAZON_DE", price="18.40", commission="5.00")
        assert sorted(str(entry) for entry in seen(german, REFERRAL)) == [
            "({'ready': 1}, Decimal('2.00'))",
            "({'review': 1}, Decimal('0.57'))",
        ]

    def test_a_preview_without_a_marketplace_is_doubtful(self, connection: Connection) -> None:
        european = FeeReports(connection, marketplaces=("AMAZON_DE", "AMAZON_FR"))
        european.previewed(marketplace="AMAZON_UNASSIGNED")
        european.sold(on=CHARGED, marketplace="AMAZON_DE", commission="6.00")
        assert [part for part, _ in seen(european, REFERRAL)] == [{"review": 1}]


class TestWalmartsReferralFee:
    """Commission over product price, against the rate of the line; the clock is the settlement."""

    @pytest.fixture
    def walmart(self, connection: Connection) -> FeeReports:
        return FeeReports(connection, marketplaces=("WALMART_US",))

    def test_a_commission_above_the_lines_rate_is_an_item(self, walmart: FeeReports) -> None:
        walmart.charged_on_walmart("4.00", on="2026-06-06")
        (item,) = walmart.of(REFERRAL, "2026-06-14")
        assert (stages(item), item["unit_value"]) == ({"ready": 1}, Decimal("1.00"))
        assert (str(item["event_on"]), str(item["deadline_on"])) == ("2026-06-13", "2026-09-11")
        assert item["sku"] == LAMP["sku"]

    @pytest.mark.parametrize(
        ("commission", "rate"), [("3.00", "15.0"), ("3.01", "15.0"), ("2.00", "15.0"), ("3.00", "0.15"), ("9.00", None)]
    )
    def test_at_or_below_the_rate_or_without_one_it_is_none(
        self, walmart: FeeReports, commission: str, rate: str | None
    ) -> None:
        walmart.charged_on_walmart(commission, on="2026-06-06", rate=rate)
        assert walmart.of(REFERRAL) == []


class TestAmazonsFulfilmentFee:
    """Fee per unit, against the preview's."""

    def test_a_fee_above_the_previews_is_an_item_of_the_difference(self, acme: FeeReports) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, units=3, price="60.00", fee="16.50")
        (item,) = acme.of(FULFILMENT, SOON)
        assert (stages(item), item["unit_value"], item["units"]) == ({"ready": 1}, Decimal("4.50"), 1)
        assert (item["order_id"], item["fnsku"], str(item["deadline_on"])) == (ORDER, MUG["fnsku"], LAST)

    @pytest.mark.parametrize(("units", "fee"), [(1, "4.00"), (1, "3.50"), (3, "12.00"), (3, "12.03"), (2, "0.00")])
    def test_a_fee_at_the_previews_is_none(self, acme: FeeReports, units: int, fee: str) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, units=units, fee=fee)
        assert acme.of(FULFILMENT) == []

    def test_a_layout_without_the_whole_fee_tells_its_parts(self, acme: FeeReports) -> None:
        acme.previewed(fulfilment=None, pick_pack_fee="2.50", weight_handling_fee="1.50")
        acme.sold(on=CHARGED, fee="4.75")
        assert seen(acme, FULFILMENT) == [({"ready": 1}, Decimal("0.75"))]

    def test_a_surcharge_of_the_peak_season_is_no_error(self, acme: FeeReports) -> None:
        acme.previewed(on="2026-10-10")
        acme.sold(on="2026-10-20", fee="4.30")
        (item,) = acme.of(FULFILMENT, "2026-10-21")
        assert stages(item) == {"review": 1}
        assert "peak season" in item["review_reason"]

    def test_a_preview_of_the_same_season_knows_it(self, acme: FeeReports) -> None:
        acme.previewed(on="2026-11-10")
        acme.sold(on="2026-10-20", fee="4.30")
        acme.sold("111-2", on="2026-10-01", fee="4.40")
        assert [part for part, _ in seen(acme, FULFILMENT, "2026-11-11")] == [{"ready": 1}, {"ready": 1}]

    def test_what_the_seller_sent_has_no_such_fee(self, acme: FeeReports) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, fee="9.00", sent_by="MFN")
        assert acme.of(FULFILMENT) == []

    def test_goods_sent_from_another_country_cost_more(self, connection: Connection) -> None:
        german = FeeReports(connection, marketplaces=("AMAZON_DE",))
        german.previewed(marketplace="AMAZON_DE", fulfilment_fee_de="7.00")
        for number, fee in enumerate(("7.00", "6.00", "8.00")):
            german.sold(f"111-{number}", on=CHARGED, marketplace="AMAZON_DE", fee=fee)
        found = {item["order_id"]: stages(item) for item in german.of(FULFILMENT, SOON)}
        assert found == {"111-1": {"review": 1}, "111-2": {"ready": 1}}

    def test_goods_that_may_have_been_sent_from_the_united_states_are_doubtful(self, connection: Connection) -> None:
        american = FeeReports(connection, marketplaces=("AMAZON_US", "AMAZON_CA"))
        american.previewed()
        american.previewed(marketplace="AMAZON_CA")
        american.sold(on=CHARGED, marketplace="AMAZON_CA", fee="9.00")
        assert "sent from the United States" in american.of(FULFILMENT, SOON)[0]["review_reason"]

    def test_a_correction_of_the_order_settles_it(self, acme: FeeReports) -> None:
        acme.previewed()
        acme.sold(on=CHARGED, fee="5.00")
        acme.reimbursed(1, "1.00", on=PREVIEWED, reason="Fee_Correction")
        assert stages(acme.of(FULFILMENT, PREVIEWED)[0]) == {"claimed": 1}
