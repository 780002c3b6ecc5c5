"""From any figure about cases to the cases: the list behind it adds up to it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, text
from streamlit.testing.v1 import AppTest

from core.queries import outcomes
from core.queries.outcomes import Which
from core.ui.outcomes import drill_down, numbers
from core.ui.text.words import amount, count
from core.vocabulary import CASE_STATUSES
from tests.conftest import Database, Filled, Server, filled
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import cell, listed, texts, tile

TRACKER, OUTCOMES = "pages/case_tracker.py", "pages/outcomes.py"
MANAGER, SELLER = "manager@example.com", "alpine@example.com"


MIDDLE = world.TODAY.replace(day=20)
"""The as-of date, in the middle of a month."""


def day(number: int) -> Any:
    return world.TODAY + timedelta(days=number)


def _many(connection: Connection, small_world: dict[str, int]) -> int:
    """Alpine's id: six more decided cases, one of several categories, two that state no claim, and two open ones."""
    decided = [
        {
            "status": "not_eligible" if number % 3 == 0 else "fully_reimbursed",
            "category": "" if number == 1 else "inventory_lost",
            "claimed_amount": None if number in (2, 3) else "10.00",
            "recovered_amount": "0" if number % 3 == 0 else "9.00",
            "opened_on": day(-60),
            "decided_on": day(-30 + number),
        }
        for number in range(6)
    ]
    is_open: list[dict[str, Any]] = [{"opened_on": day(-100), "claimed_amount": "7.00"}, {"opened_on": day(0)}]
    elsewhere = {"origin": "filed_elsewhere", "status": "fully_reimbursed", "claimed_amount": None}
    world.more_cases(connection, small_world["ALPINE"], *decided, *is_open, elsewhere)
    return small_world["ALPINE"]


@pytest.fixture(scope="module")
def with_many(server: Server, with_small_world: Filled[dict[str, int]]) -> Iterator[Filled[int]]:
    """The world with them, made once."""
    with filled(server, with_small_world.name, lambda connection: _many(connection, with_small_world.told)) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_many: Filled[int]) -> str:
    """Every test here begins with them."""
    return with_many.name


@pytest.fixture
def many(with_many: Filled[int]) -> int:
    """Alpine's id: six more decided cases, one of several categories, two that state no claim, and two open ones."""
    return with_many.told


def sums(app: AppTest) -> str:
    """What stands above the list; nothing where it is empty."""
    found = [each.value for each in app.markdown if " · filed **" in each.value]
    return found[0] if found else ""


def on_card(app: AppTest, status: str) -> int:
    """The number of cases on a status's card."""
    return int(app.button(key=f"cases_status {status}").label.split("  \n")[1].strip("*").replace(",", ""))


def behind(visit: Open, query: Mapping[str, str | list[str]] | None, email: str = SELLER) -> AppTest:
    assert query is not None
    app = visit(TRACKER, email, **dict(query))
    assert not app.exception
    return app


@pytest.mark.parametrize("status", CASE_STATUSES.values(), ids=lambda status: status.code)
def test_a_card_opens_its_cases(visit: Open, many: int, status: Any) -> None:
    app = visit(TRACKER, SELLER)
    cases = on_card(app, status.code)
    card = app.button(key=f"cases_status {status.code}")
    assert card.disabled == (cases == 0)
    if cases:
        card.click().run()
        assert status.code in app.query_params["cases_status"]
        assert sums(app).startswith(count(cases, "case"))
        assert {each for shown in listed(app, "Last change")["Status"] for each in shown} == {status.label}
        app.button(key=f"cases_status {status.code}").click().run()
        assert sums(app).startswith("11 cases")


def test_cards_are_chosen_together(visit: Open, many: int) -> None:
    app = visit(TRACKER, SELLER)
    cases = [on_card(app, code) for code in ("open", "not_eligible")]
    for code in ("open", "not_eligible"):
        app.button(key=f"cases_status {code}").click().run()
    assert sums(app).startswith(count(sum(cases), "case"))


def test_a_card_keeps_the_other_filters(visit: Open, many: int) -> None:
    app = visit(TRACKER, SELLER, cases_category="Inventory damaged")
    assert on_card(app, "fully_reimbursed") == 1
    app.button(key="cases_status fully_reimbursed").click().run()
    assert list(listed(app, "Last change")["Case"]) == ["A-200"]


@pytest.mark.parametrize(
    ("month", "cases"), [("this_month", [-5]), ("last_month", [-31]), ("last_12_months", [-5, -31])]
)
def test_a_month_is_chosen_by_its_name(
    visit: Open, database: Database, small_world: dict[str, int], month: str, cases: list[int]
) -> None:
    with database.owner.begin() as owner:
        world.more_cases(
            owner,
            small_world["ALPINE"],
            *(
                {"case_id": str(days), "status": "not_eligible", "decided_on": MIDDLE + timedelta(days=days)}
                for days in (-5, -31)
            ),
        )
    app = visit(TRACKER, SELLER, as_of=MIDDLE.isoformat(), cases_decided_in=month)
    found = set(listed(app, "Last change")["Case"])
    assert found & {"-5", "-31"} == set(map(str, cases))


@pytest.mark.parametrize("by", numbers.BY.values(), ids="+".join)
@pytest.mark.parametrize(
    "dates", [(None, None), (day(-29), day(-27)), (day(-28), day(-28))], ids=["ever", "between", "one day"]
)
def test_the_cases_behind_a_rate_are_those_that_it_is_of(
    visit: Open, database: Database, many: int, by: tuple[str, ...], dates: tuple[Any, Any]
) -> None:
    which = Which(None, None, *dates)
    with database.owner.connect() as connection:
        found = outcomes.rates(connection, [many], which)
    wins = numbers.win_rates(found, by)
    assert wins
    for line in wins:
        for column, number in ((numbers.WON, line.won), (numbers.DECIDED, line.of)):
            app = behind(visit, drill_down.of_rate(line.group, column, which, "USD"))
            assert sums(app).startswith(count(number, "case")) or not number
    for line in numbers.recovery_rates(found, by, "USD"):
        said = sums(behind(visit, drill_down.of_rate(line.group, numbers.FILED, which, "USD")))
        filed, recovered = amount(line.claimed, "USD"), amount(line.recovered, "USD")
        assert said == f"{count(line.of, 'case')} · filed **{filed}** · recovered **{recovered}**"


def test_the_cases_behind_a_month_are_those_denied_in_it(visit: Open, many: int) -> None:
    rows = listed(visit(OUTCOMES, SELLER), "Denied")
    assert rows["Denied"].sum() == 2
    for _, row in rows.iterrows():
        query = drill_down.of_month(cell(row), Which())
        assert sums(behind(visit, query)).startswith(count(row["Denied"], "case")) or not row["Denied"]
    assert drill_down.of_month({"month": "forged"}, Which()) is None


def test_the_rates_are_of_the_cases_decided_on_the_chosen_days(visit: Open, many: int) -> None:
    days = [day(-29).isoformat(), day(-27).isoformat()]
    app = visit(OUTCOMES, SELLER, outcomes_decided=days)
    assert not app.exception
    assert tile(app, "Win rate") == "67%"  # one denied, two paid; A-200 is of another day
    assert tile(app, "Open cases") == "3"  # of all days
    assert "No case fits" in texts(visit(OUTCOMES, SELLER, outcomes_decided=[day(1).isoformat(), day(2).isoformat()]))


def test_the_open_cases_behind_an_age_are_those_of_its_bar(visit: Open, many: int) -> None:
    rows = listed(visit(OUTCOMES, SELLER), "Open cases")
    assert list(rows["Open cases"]) == [1, 1, 0, 0, 0, 1]
    for _, row in rows.iterrows():
        said = sums(behind(visit, drill_down.of_age(cell(row), Which(), "USD")))
        expected = f"{count(row['Open cases'], 'case')} · filed **{amount(row['Filed'], 'USD')}**"
        assert said.startswith(expected) if row["Open cases"] else said == ""
    assert drill_down.of_age({"age": "0-7d"}, Which(), "USD") is not None
    assert drill_down.of_age({"age": "forged"}, Which(), "USD") is None


def test_the_cases_behind_a_number_of_approved_ones_are_those(visit: Open, database: Database, many: int) -> None:
    approved = {"outcome": "approved", "opened_on": day(-100), "claimed_amount": "5.00"}
    euros = {"outcome": "approved", "opened_on": day(-100), "currency": "EUR"}
    with database.owner.begin() as owner:
        world.more_cases(
            owner, many, approved | {"case_id": "A-1"}, approved | {"outcome": "partially_approved"}, euros
        )
    column = "Approved, not paid"
    rows = listed(visit(OUTCOMES, SELLER, outcomes_currency="USD"), column)
    assert list(rows[column]) == [0, 0, 0, 0, 0, 2]
    assert list(rows["Open cases"])[-1] == 3
    app = behind(visit, drill_down.of_age(cell(rows.iloc[-1], column), Which(), "USD"))
    assert sums(app) == r"2 cases · filed **\$10\.00** · recovered **\$0\.00**"
    assert "Approval: Approved, not paid" in texts(app)
    none = drill_down.of_age(cell(rows.iloc[0], column), Which(), "USD")
    assert sums(behind(visit, none)) == ""


@pytest.mark.parametrize("email", [SELLER, MANAGER])
def test_the_cases_behind_what_was_paid_through_cases_add_up_to_it(visit: Open, many: int, email: str) -> None:
    rows = listed(visit(OUTCOMES, email), "All that was paid")
    columns = ("Through cases that were filed here", "Through cases filed elsewhere")
    for _, row in rows.iterrows():
        for number, column in enumerate(columns):
            query = drill_down.of_cases(cell(row, column), "no one's")
            bar = {"channel": row["From"].lower(), "source": ("filed", "elsewhere")[number]}
            assert query == drill_down.of_cases(bar, row["Currency"])
            shown = sums(behind(visit, query, email))
            expected = f"recovered **{amount(row[column], row['Currency'])}**"
            assert shown.endswith(expected) if shown else row[column] == Decimal(0)
    assert drill_down.of_cases({"channel": "amazon", "source": "automatic"}, "USD") is None
    assert drill_down.of_cases({"channel": "forged", "source": "filed"}, "USD") is None


@pytest.mark.parametrize(("page", "key"), [(TRACKER, "cases_decided"), (OUTCOMES, "outcomes_decided")])
def test_a_range_of_one_day_is_that_day_however_the_address_says_it(
    visit: Open, many: int, page: str, key: str
) -> None:
    once, twice = (visit(page, SELLER, **{key: [day(-28).isoformat()] * times}) for times in (1, 2))
    assert texts(once) == texts(twice)
    assert "1 case" in texts(once) or "of 1 decided case" in texts(once)


def test_what_a_channel_paid_is_a_list_of_payments(visit: Open) -> None:
    rows = listed(visit(OUTCOMES, MANAGER), "All that was paid")
    for _, row in rows.iterrows():
        query = drill_down.of_source(cell(row, "All that was paid"))
        assert query is not None
        said = texts(visit("pages/payments.py", MANAGER, **dict(query)))
        assert f"**{amount(row['All that was paid'], row['Currency'])}**" in said
        assert drill_down.of_source(cell(row, "Paid without a case")) is None


@pytest.mark.parametrize(
    ("choice", "cases"),
    [
        ({"cases_source": "Filed elsewhere"}, 1),
        ({"cases_source": "Case file"}, 10),
        ({"cases_claim": "Does not say"}, 3),
        ({"cases_age": "over 90 days"}, 1),
        ({"cases_category": "Several categories"}, 1),
        ({"cases_decided": [day(-28).isoformat(), day(-27).isoformat()]}, 2),
        ({"cases_decided": [day(-28).isoformat()]}, 1),
        ({"cases_marketplace": "All Amazon marketplaces", "cases_currency": "USD"}, 11),
        ({"cases_source": "forged", "cases_age": "forged", "cases_approval": "forged", "cases_currency": "forged"}, 11),
    ],
)
def test_a_filter_asked_for_less_often_narrows_the_list_and_is_said(
    visit: Open, many: int, choice: dict[str, Any], cases: int
) -> None:
    app = visit(TRACKER, SELLER, **choice)
    assert not app.exception
    assert sums(app).startswith(count(cases, "case"))
    is_said = any(":material/tune:" in each.value for each in app.caption)
    assert is_said == (
        choice.keys().isdisjoint({"cases_category", "cases_decided"}) and "forged" not in choice.values()
    )


def test_the_last_day_of_an_appeal_is_that_of_the_rule(visit: Open, database: Database, many: int) -> None:
    with database.owner.begin() as owner:
        owner.execute(
            text("update claim_case set marketplace = 'WALMART_US', channel = 'walmart' where case_id = 'A-200'")
        )
        owner.execute(
            text("update claim_case set status = 'not_eligible', decided_on = :day where case_id = 'A-200'"),
            {"day": day(-5)},
        )
    rows = listed(visit(TRACKER, SELLER, cases_id="A-200"), "Last change")
    assert list(rows["Appeal until"]) == [day(25)]
    assert Decimal(rows["Filed"].iloc[0]) == Decimal("20.40")
