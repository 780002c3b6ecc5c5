"""Payments: the rows behind what was recovered and reversed, and what each of them settled."""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from core import lists
from core.database.access import people
from core.queries import payments
from core.queries.paging import Position
from core.queries.payments import ORDERS, PaymentFilter
from core.ui.overview import drill_down
from core.ui.shell import links
from core.ui.text.words import amount
from tests.conftest import Database
from tests.core.reports import Reports
from tests.pages import world
from tests.pages.conftest import Open
from tests.pages.seen import cell, listed, texts

MANAGER = "manager@example.com"
PAGE = "pages/payments.py"


def net(app: AppTest) -> str:
    """The sum above the list; nothing where there is no row."""
    found = [each.value for each in app.markdown if " payment" in each.value and each.value.startswith("**")]
    return found[0].split("**")[1] if found else ""


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_the_list_behind_a_month_of_the_overview_adds_up_to_it(visit: Open, currency: str) -> None:
    app = visit("pages/overview.py", MANAGER, overview_currency=currency)
    year = listed(app, "Month")
    cells = 0
    for _, row in year.iterrows():
        for column in ("Recovered", "Reversed", "Net"):
            query = drill_down.of_month(cell(row, column), currency)
            assert query is not None
            if not row["Payments"] and row["Month"] != year["Month"].iloc[-1]:
                continue  # one month without any is enough
            shown = net(visit(PAGE, MANAGER, **query))
            assert shown == amount(row[column], currency) if shown else row[column] == Decimal(0), (row, column)
            cells += bool(shown)
    assert cells >= 2


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_the_lists_behind_the_last_twelve_months_add_up_to_them(
    visit: Open, database: Database, small_world: dict[str, int], currency: str
) -> None:
    with database.owner.begin() as owner:
        world.more_payments(owner, small_world["ALPINE"], {"100.00": world.TODAY - timedelta(days=420)})
    app = visit("pages/overview.py", MANAGER, account="ALPINE" if currency == "USD" else "BETULA")
    links = [link.proto for link in app.get("page_link")]
    found = [link for link in links if "payments_" in link.query_string and not link.label.startswith("View ")]
    assert [link.label.split(" **")[0] for link in found] == ["Recovered", "Reversed", "Last 12 months"]
    for link in found:
        query = {key: value[0] for key, value in parse_qs(link.query_string).items()}
        shown = net(visit(PAGE, MANAGER, **query))
        assert shown == link.label.split("**")[1] if shown else "0\\.00" in link.label


def test_a_bar_leads_where_its_number_does() -> None:
    bar = drill_down.of_month({"month": "2025-02", "kind": "reversed"}, "USD")
    number = drill_down.of_month({"month": "2025-02", "column": "Reversed"}, "USD")
    assert bar == number == links.to_payments(month=date(2025, 2, 1), kind="reversed", currency="USD")
    assert drill_down.of_month({}, "USD") is None


def test_all_rows_are_what_is_claimed(visit: Open) -> None:
    app = visit(PAGE, MANAGER)
    said = texts(app)
    assert r"**\$20\.40** · 2 payments · paid \$25\.40 · taken back −\$5\.00" in said
    assert r"**€11\.11** · 1 payment" in said
    assert set(listed(app, "Reimbursement")["Account"]) == {world.ALPINE.name, world.BETULA.name}


@pytest.mark.parametrize(
    ("choice", "amounts"),
    [
        ({"payments_kind": "Reversed"}, ["-5.00"]),
        ({"payments_kind": "Recovered", "payments_currency": "USD"}, ["25.40"]),
        ({"payments_marketplace": "Amazon Germany"}, ["11.11"]),
        ({"payments_marketplace": "All Amazon marketplaces", "payments_sort": "Largest"}, ["25.40", "11.11", "-5.00"]),
        ({"account": "Betula"}, ["11.11"]),
        ({"payments_kind": "forged", "payments_month": "forged", "account": "Betula"}, ["11.11"]),
    ],
)
def test_a_choice_narrows_the_list(visit: Open, choice: dict[str, str], amounts: list[str]) -> None:
    app = visit(PAGE, MANAGER, **choice)
    assert not app.exception
    assert [str(each) for each in listed(app, "Reimbursement")["Amount"]] == amounts


def test_the_proof_of_the_laws_leads_to_the_rows(visit: Open) -> None:
    links = [link.proto for link in visit("pages/overview.py", MANAGER).get("page_link")]
    assert [link.label for link in links if "reimbursement rows" in link.label]


@pytest.fixture
def cedar(database: Database, small_world: dict[str, int]) -> int:
    """R-1 paid for one loss, R-2 for two."""
    with database.owner.begin() as connection:
        reports = Reports(connection, "CEDAR")
        reports.lost(2, on="2026-08-01")
        reports.reimbursed(2, "14.00", on="2026-08-10", name="R-1")
        reports.lost(1, on="2026-09-01")
        reports.lost(1, on="2026-09-02")
        reports.reimbursed(2, "18.00", on="2026-09-10", name="R-2", case="C-9")
        reports.refused("")
        reports.detect()
        people.add_user(connection, "cedar@example.com", "seller", ["CEDAR"])
    return reports.account_id


def test_a_row_knows_the_items_that_it_settled(database: Database, cedar: int) -> None:
    with database.owner.connect() as connection:
        rows = lists.page(connection, [cedar], "payments", PaymentFilter(), "newest", Position())
        settled = {
            row["reimbursement_id"]: len(payments.items(connection, [cedar], cedar, row["row_id"]))
            for _, row in rows.iterrows()
        }
        stranger = payments.items(connection, [cedar + 1], cedar, rows["row_id"].iloc[0])
    assert settled == {"R-1": 1, "R-2": 2}
    assert stranger == []


@pytest.mark.usefixtures("cedar")
def test_a_search_finds_a_payment_by_its_id_or_its_case_whatever_else_is_chosen(visit: Open) -> None:
    for search in ("r-2", "C-9"):
        app = visit(PAGE, "cedar@example.com", payments_search=search, payments_kind="Reversed")
        assert list(listed(app, "Reimbursement")["Reimbursement"]) == ["R-2"]
        assert "ignores every other choice" in texts(app)


@pytest.mark.usefixtures("cedar")
def test_the_list_of_items_takes_the_id_of_a_payment(visit: Open) -> None:
    app = visit("pages/items.py", "cedar@example.com", items_search="R-2")
    assert len(listed(app, "Value from")) == 2


def test_every_order_has_every_row(database: Database, cedar: int) -> None:
    with database.owner.connect() as connection:
        for order in ORDERS:
            rows = lists.page(connection, [cedar], "payments", PaymentFilter(), order, Position())
            assert sorted(rows["reimbursement_id"]) == ["R-1", "R-2"]


def test_a_link_to_a_month_without_a_payment_shows_none_and_not_all(visit: Open) -> None:
    newest = (world.TODAY - timedelta(days=15)).replace(day=1)
    query = links.to_payments(month=(newest - timedelta(days=1)).replace(day=1), currency="USD")
    app = visit(PAGE, MANAGER, **query)
    assert "No payment fits these choices" in texts(app)
