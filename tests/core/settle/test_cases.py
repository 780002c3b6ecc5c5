"""What a case covers, what it recovered, and what status follows from it."""

from decimal import Decimal

import pytest

from tests.core.settle.story import (
    CA,
    DE,
    FR,
    LAMP,
    MUG,
    PAN,
    UNKNOWN,
    WALMART,
    claim,
    found,
    lost,
    ordered,
    paid,
    told,
)


class TestCovering:
    """A case covers units that fit it and are free, oldest first, as many as it claims."""

    def test_it_covers_the_oldest_units_as_many_as_it_claims(self) -> None:
        older, newer = lost(2, on="2026-01-10"), lost(2, on="2026-01-12")
        after = told(newer, older, claim("7", on="2026-01-20", units=3))
        assert after.units(older) == {"in_case": 2}
        assert after.units(newer) == {"in_case": 1, "open": 1}
        assert after.covered_by("7", older) == 2
        assert after.lot(newer).last_case == "7"

    @pytest.mark.parametrize(("on", "stage"), [("2026-01-27", "in_case"), ("2026-01-28", "open")])
    def test_about_goods_it_covers_what_is_reported_within_seven_days(self, on: str, stage: str) -> None:
        loss = lost(1, on=on)
        after = told(loss, claim("7", on="2026-01-20", units=1))
        assert after.units(loss) == {stage: 1}
        assert after.lot(loss).units_doubtful == (stage == "open")

    def test_about_an_order_it_covers_what_is_reported_whenever_and_under_whatever_category(self) -> None:
        goods = ordered("111-1")
        late = lost(1, on="2026-06-01", goods=goods, category="return_delayed")
        filed = claim("7", on="2026-01-20", units=1, goods=goods, category="return_lost")
        assert told(late, filed).units(late) == {"in_case": 1}

    def test_a_denial_about_an_order_keeps_its_units_out_of_ready(self) -> None:
        goods = ordered("111-1")
        late = lost(2, on="2026-06-01", goods=goods, category="return_delayed")
        filed = claim("7", on="2026-01-20", units=1, goods=goods, decision="denied", decided="2026-02-01")
        after = told(late, filed)
        assert (after.units(late), after.lot(late).units_doubtful) == ({"open": 2}, 1)

    @pytest.mark.parametrize("other", [{"category": "return_lost"}, {"marketplace": CA}], ids=str)
    def test_units_that_it_claims_and_does_not_cover_may_be_of_the_same_goods(self, other: dict[str, str]) -> None:
        loss = lost(2, on="2026-01-10")
        after = told(loss, claim("7", on="2026-01-20", units=1, **other))  # type: ignore[arg-type]
        assert (after.units(loss), after.lot(loss).units_doubtful) == ({"open": 2}, 1)

    def test_it_does_not_cover_what_another_open_case_holds(self) -> None:
        loss = lost(2, on="2026-01-10")
        after = told(loss, claim("7", on="2026-01-20", units=2), claim("8", on="2026-01-21", units=2))
        assert after.covered_by("7", loss) == 2
        assert after.covered_by("8", loss) == 0
        assert after.cases["8"].status == "open"

    @pytest.mark.parametrize(
        "other",
        [{"goods": PAN}, {"category": "return_lost"}, {"marketplace": CA}, {"marketplace": DE}],
        ids=str,
    )
    def test_it_does_not_cover_what_does_not_fit_it(self, other: dict[str, str]) -> None:
        loss = lost(1, on="2026-01-10")
        assert told(loss, claim("7", on="2026-01-20", units=1, **other)).units(loss) == {"open": 1}  # type: ignore[arg-type]

    def test_an_unassigned_event_fits_a_case_of_its_currency(self) -> None:
        loss = lost(1, on="2026-01-10", marketplace=UNKNOWN, currency="EUR")
        assert told(loss, claim("7", on="2026-01-20", units=1, marketplace=FR)).units(loss) == {"in_case": 1}
        assert told(loss, claim("7", on="2026-01-20", units=1, marketplace=CA)).units(loss) == {"open": 1}

    @pytest.mark.parametrize(("opened", "stage"), [("2026-03-11", "in_case"), ("2026-03-12", "open")])
    def test_filed_on_the_last_day_it_covers_and_filed_late_it_does_not(self, opened: str, stage: str) -> None:
        loss = lost(1, on="2026-01-10", deadline="2026-03-11")
        after = told(loss, claim("7", on=opened, units=1))
        assert after.units(loss) == {stage: 1}
        assert after.cases["7"].opened_on is not None

    def test_a_claim_in_money_covers_as_many_units_as_it_is_worth_and_at_least_one(self) -> None:
        loss = lost(5, on="2026-01-10", value="10.00")
        assert told(loss, claim("7", on="2026-01-20", amount="29.99")).units(loss) == {"in_case": 2, "open": 3}
        assert told(loss, claim("7", on="2026-01-20", amount="4.00")).units(loss) == {"in_case": 1, "open": 4}

    def test_a_claim_without_a_number_covers_all_that_fits(self) -> None:
        loss = lost(5, on="2026-01-10")
        assert told(loss, claim("7", on="2026-01-20")).units(loss) == {"in_case": 5}

    def test_a_row_of_a_case_covers_its_own_goods(self) -> None:
        mugs, pans = lost(2, on="2026-01-10"), lost(2, on="2026-01-10", goods=PAN)
        after = told(mugs, pans, claim("7", on="2026-01-20", units=1), claim("7", on="2026-01-20", units=2, goods=PAN))
        assert after.units(mugs) == {"in_case": 1, "open": 1}
        assert after.units(pans) == {"in_case": 2}
        assert after.cases["7"].claimed_units == 3


class TestEnding:
    """Units that a case did not bring are denied; an appeal takes them up again."""

    def test_denied_units_are_denied_from_the_decision_on(self) -> None:
        loss = lost(2, on="2026-01-10")
        case = claim("7", on="2026-01-20", units=2, decision="denied", decided="2026-02-01")
        assert told(loss, case).units(loss) == {"denied": 2}
        before = told(loss, case, paid(1, "10.00", on="2026-02-01"))
        assert before.units(loss) == {"claimed": 1, "denied": 1}

    @pytest.mark.parametrize("decision", ["", "partially_approved"])
    def test_closed_without_paying_a_unit_it_is_denied(self, decision: str) -> None:
        loss = lost(3, on="2026-01-10")
        case = claim("7", on="2026-01-20", units=3, decision=decision, closed="2026-02-01")
        assert told(loss, case, paid(1, "10.00", case="7", on="2026-01-25")).units(loss) == {"claimed": 1, "denied": 2}

    @pytest.mark.parametrize("closed", [None, "2026-02-01"])
    def test_approved_and_not_paid_it_stays_in_the_case(self, closed: str | None) -> None:
        loss = lost(3, on="2026-01-10")
        case = claim("7", on="2026-01-20", units=3, decision="approved", decided="2026-02-01", closed=closed)
        after = told(loss, case, paid(1, "10.00", case="7", on="2026-02-05"))
        assert after.units(loss) == {"claimed": 1, "in_case": 2}

    def test_an_appeal_takes_denied_units_even_after_their_window_has_closed(self) -> None:
        loss = lost(2, on="2026-01-10", deadline="2026-01-31")
        denied = claim("7", on="2026-01-20", units=2, decision="denied", decided="2026-02-01")
        after = told(loss, denied, claim("8", on="2026-02-20", units=1))
        assert after.units(loss) == {"in_case": 1, "denied": 1}
        assert after.covered_by("7", loss) == 2
        assert after.covered_by("8", loss) == 1
        assert after.cases["7"].status == "not_eligible"

    def test_an_appeal_may_be_filed_on_the_day_of_the_denial(self) -> None:
        loss = lost(1, on="2026-01-10")
        denied = claim("7", on="2026-01-20", units=1, decision="denied", decided="2026-02-01")
        assert told(loss, denied, claim("8", on="2026-02-01", units=1)).units(loss) == {"in_case": 1}

    def test_a_case_that_is_denied_on_its_first_day_covers_its_units_once(self) -> None:
        loss = lost(3, on="2026-01-10")
        after = told(loss, claim("7", on="2026-01-20", units=5, decision="denied", decided="2026-01-20"))
        assert after.units(loss) == {"denied": 3}
        assert after.covered_by("7", loss) == 3

    def test_a_new_case_takes_free_units_before_denied_ones(self) -> None:
        older, newer = lost(1, on="2026-01-10"), lost(1, on="2026-01-25")
        denied = claim("7", on="2026-01-20", units=1, decision="denied", decided="2026-01-22")
        after = told(older, newer, denied, claim("8", on="2026-02-20", units=1))
        assert after.units(older) == {"denied": 1}
        assert after.units(newer) == {"in_case": 1}

    def test_it_ends_for_units_that_it_found_under_a_less_sure_name(self) -> None:
        unlabelled = lost(1, on="2026-01-10", goods=MUG.__class__("amazon", sku=MUG.sku))
        labelled = lost(1, on="2026-01-25")
        case = claim("7", on="2026-01-20", units=1, decision="denied", decided="2026-02-01")
        assert told(unlabelled, labelled, case).units(unlabelled) == {"denied": 1}


class TestStatus:
    """The status follows from what was recovered of what was claimed."""

    @pytest.mark.parametrize(
        ("recovered", "decision", "closed", "status"),
        [
            (0, "", None, "open"),
            (0, "approved", None, "open"),
            (0, "approved", "2026-03-01", "open"),
            (0, "denied", None, "not_eligible"),
            (0, "denied", "2026-03-01", "not_eligible"),
            (0, "", "2026-03-01", "closed"),
            (2, "", None, "partially_reimbursed"),
            (2, "denied", "2026-03-01", "partially_reimbursed"),
            (2, "partially_approved", "2026-03-01", "partially_reimbursed"),
            (3, "", None, "fully_reimbursed"),
            (3, "approved", "2026-03-01", "fully_reimbursed"),
            (4, "", None, "fully_reimbursed"),
        ],
    )
    def test_by_units_where_claimed_units_are_given(
        self, recovered: int, decision: str, closed: str | None, status: str
    ) -> None:
        case = claim("7", on="2026-01-20", units=3, amount="1000.00", decision=decision, closed=closed)
        after = told(lost(4, on="2026-01-10"), case, paid(recovered, f"{recovered}.00", case="7", on="2026-02-01"))
        assert after.cases["7"].status == status
        assert after.cases["7"].recovered_units == recovered
        assert after.cases["7"].recovered_amount == recovered

    @pytest.mark.parametrize(
        ("amount", "status"),
        [("29.99", "partially_reimbursed"), ("30.00", "fully_reimbursed"), ("0.00", "open")],
    )
    def test_by_money_where_they_are_not(self, amount: str, status: str) -> None:
        story = lost(3, on="2026-01-10"), claim("7", on="2026-01-20", amount="30.00")
        assert told(*story, paid(3, amount, case="7", on="2026-02-01")).cases["7"].status == status

    @pytest.mark.parametrize(("recovered", "status"), [(1, "partially_reimbursed"), (3, "fully_reimbursed")])
    def test_by_the_units_that_it_covers_where_neither_is_given(self, recovered: int, status: str) -> None:
        story = lost(3, on="2026-01-10"), claim("7", on="2026-01-20")
        assert told(*story, paid(recovered, "9.00", case="7", on="2026-02-01")).cases["7"].status == status

    def test_units_given_back_count_as_recovered(self) -> None:
        story = lost(3, on="2026-01-10"), claim("7", on="2026-01-20", units=3)
        case = told(*story, paid(1, "10.00", inventory=2, case="7", on="2026-02-01")).cases["7"]
        assert (case.status, case.recovered_units, case.recovered_amount) == ("fully_reimbursed", 3, Decimal("10.00"))

    def test_money_that_names_no_unit_is_some_of_what_was_claimed(self) -> None:
        story = lost(3, on="2026-01-10"), claim("7", on="2026-01-20", units=3)
        assert told(*story, paid(0, "12.00", case="7", on="2026-02-01")).cases["7"].status == "partially_reimbursed"

    def test_a_reversal_makes_a_fully_reimbursed_case_fall_back(self) -> None:
        story = (
            lost(2, on="2026-01-10"),
            claim("7", on="2026-01-20", units=2),
            paid(2, "20.00", case="7", on="2026-02-01", name="R1"),
        )
        assert told(*story).cases["7"].status == "fully_reimbursed"
        once = told(*story, paid(-1, "-10.00", on="2026-03-01", original="R1")).cases["7"]
        assert (once.status, once.recovered_units, once.recovered_amount) == (
            "partially_reimbursed",
            1,
            Decimal("10.00"),
        )
        whole = told(*story, paid(-2, "-20.00", case="7", on="2026-03-01", original="R1")).cases["7"]
        assert (whole.status, whole.recovered_units, whole.recovered_amount) == ("open", 0, Decimal("0.00"))

    def test_what_a_case_recovered_is_what_names_it_even_where_it_settles_units_of_none(self) -> None:
        late = lost(1, on="2026-01-10", deadline="2026-01-15")
        after = told(late, claim("7", on="2026-01-20", units=1), paid(1, "10.00", case="7", on="2026-02-01"))
        assert after.units(late) == {"claimed": 1}
        assert after.cases["7"].status == "fully_reimbursed"
        assert after.covered_by("7", late) == 1

    def test_a_row_that_takes_back_from_nothing_counts_against_the_case_that_it_names(self) -> None:
        story = lost(1, on="2026-01-10"), claim("7", on="2026-01-20", amount="10.00")
        taken = paid(-1, "-4.00", case="7", on="2026-02-02", original="gone")
        case = told(*story, paid(1, "10.00", case="7", on="2026-02-01"), taken).cases["7"]
        assert (case.status, case.recovered_amount) == ("partially_reimbursed", Decimal("6.00"))

    def test_units_paid_automatically_meanwhile_leave_the_case_open_with_a_mark(self) -> None:
        loss = lost(1, on="2026-01-10")
        after = told(loss, claim("7", on="2026-01-20", units=1), paid(1, "10.00", on="2026-02-01"))
        assert after.units(loss) == {"claimed": 1}
        case = after.cases["7"]
        assert (case.status, case.stage, case.recovered_units) == ("open", "open", 0)
        assert case.note == "Paid without this case"

    def test_a_case_that_was_paid_has_no_such_mark(self) -> None:
        story = lost(1, on="2026-01-10"), claim("7", on="2026-01-20", units=1)
        assert told(*story, paid(1, "10.00", case="7", on="2026-02-01")).cases["7"].note == ""

    def test_a_found_unit_stays_one_that_the_case_covered(self) -> None:
        loss = lost(1, on="2026-01-10")
        after = told(loss, claim("7", on="2026-01-20", units=1), found(1, on="2026-02-01"))
        assert after.units(loss) == {"in_kind": 1}
        assert after.covered_by("7", loss) == 1

    def test_rows_of_another_currency_are_never_added(self) -> None:
        story = lost(1, on="2026-01-10", marketplace=CA), claim("7", on="2026-01-20", units=1, marketplace=CA)
        after = told(*story, paid(1, "10.00", case="7", on="2026-02-01", marketplace=CA, currency="USD"))
        assert after.cases["7"].recovered_amount == 0

    def test_a_row_of_an_unknown_marketplace_belongs_to_the_case_of_its_currency(self) -> None:
        story = lost(1, on="2026-01-10", marketplace=FR), claim("7", on="2026-01-20", units=1, marketplace=FR)
        payment = paid(1, "10.00", case="7", on="2026-02-01", marketplace=UNKNOWN, currency="EUR")
        after = told(*story, payment)
        assert list(after.cases) == ["7"]
        assert after.cases["7"].status == "fully_reimbursed"


class TestWalmart:
    """Its rows name no case: what settles the units of a case is what it recovered."""

    def test_it_recovered_what_settles_its_units(self) -> None:
        loss = lost(2, on="2026-01-10", goods=LAMP, marketplace=WALMART)
        case = claim("W1", on="2026-01-20", units=2, goods=LAMP, marketplace=WALMART)
        after = told(loss, case, paid(1, "8.00", on="2026-02-01", goods=LAMP, marketplace=WALMART))
        assert after.cases["W1"].status == "partially_reimbursed"
        assert after.cases["W1"].recovered_amount == Decimal("8.00")
        assert after.cases["W1"].note == ""

    def test_found_inventory_makes_it_fall_back(self) -> None:
        loss = lost(1, on="2026-01-10", goods=LAMP, marketplace=WALMART)
        case = claim("W1", on="2026-01-20", units=1, goods=LAMP, marketplace=WALMART, closed="2026-02-10")
        after = told(
            loss,
            case,
            paid(1, "8.00", on="2026-02-01", goods=LAMP, marketplace=WALMART),
            paid(-1, "-8.00", on="2026-02-20", goods=LAMP, marketplace=WALMART, found_inventory=True),
        )
        assert after.cases["W1"].status == "closed"


class TestFiledElsewhere:
    """A case id that no case file names becomes a case too, with what was recovered."""

    def test_it_is_known_from_the_payments_that_name_it(self) -> None:
        loss = lost(2, on="2026-01-10")
        after = told(
            loss, paid(1, "10.00", case="9", on="2026-02-01"), paid(1, "11.00", inventory=1, case="9", on="2026-02-02")
        )
        case = after.cases["9"]
        assert (case.origin, case.status, case.stage) == ("filed_elsewhere", "fully_reimbursed", "closed")
        assert (case.recovered_units, case.recovered_amount) == (3, Decimal("21.00"))
        assert case.opened_on is None
        assert after.covered_by("9", loss) == 2
        assert after.lot(loss).last_case == "9"

    def test_a_reversal_makes_it_fall_back(self) -> None:
        story = lost(2, on="2026-01-10"), paid(2, "20.00", case="9", on="2026-02-01", name="R1")
        once = told(*story, paid(-1, "-10.00", on="2026-03-01", original="R1")).cases["9"]
        assert (once.status, once.recovered_amount) == ("partially_reimbursed", Decimal("10.00"))
        whole = told(*story, paid(-2, "-20.00", on="2026-03-01", original="R1")).cases["9"]
        assert (whole.status, whole.recovered_amount) == ("closed", Decimal("0.00"))

    def test_one_that_gave_units_back_is_fully_reimbursed(self) -> None:
        after = told(lost(2, on="2026-01-10"), paid(0, "0.00", inventory=2, case="9", on="2026-02-01"))
        assert after.cases["9"].status == "fully_reimbursed"

    def test_one_that_only_took_back_is_shown_with_what_it_took(self) -> None:
        case = told(paid(-1, "-10.00", case="9", on="2026-02-01", original="gone")).cases["9"]
        assert (case.status, case.recovered_amount) == ("closed", Decimal("-10.00"))
