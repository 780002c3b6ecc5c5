"""Every page for everybody: what it shows, and what it never shows."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from core import money
from core.settings import PROJECT
from core.ui.shell.navigation import PAGES
from core.ui.text.words import amount
from core.vocabulary import TOTALS, Total
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, old_words, texts, tile
from tests.pages.world import ALPINE, BETULA, Seller

TITLES = {
    "pages/overview.py": "Overview",
    "pages/amazon.py": "Amazon",
    "pages/walmart.py": "Walmart",
    "pages/expiring.py": "Expiring",
    "pages/items.py": "Items",
    "pages/payments.py": "Payments",
    "pages/item.py": "Item",
    "pages/case_tracker.py": "Case Tracker",
    "pages/follow_ups.py": "Follow-ups",
    "pages/case.py": "Case",
    "pages/outcomes.py": "Outcomes",
    "pages/data_sync.py": "Data sync",
    "pages/how_to_claim.py": "How to claim",
}
WITH_FIGURES = {page: title for page, title in TITLES.items() if title not in ("How to claim", "Data sync")}
"""The pages that show what is in reports, and nothing without them."""
OF_MANY = {"pages/expiring.py"}
"""The pages that sellers have not."""
OF_A_ROW = {"pages/item.py", "pages/case.py"}
"""The pages that are reached from a row, whose address names it: they have tests of their own."""
OF_SELLERS = [page for page in TITLES if page not in OF_MANY]
WITHOUT_ROWS = {"pages/follow_ups.py"}
"""The page that has no table in the small world: there is nothing in it to follow up."""
WITH_DATA = ("alpine@example.com", "manager@example.com", "staff@example.com")


def test_the_contents_list_every_page() -> None:
    files = {f"pages/{path.name}" for path in (PROJECT / "pages").glob("*.py")}
    assert files == set(TITLES) == {f"pages/{entry.file}.py" for entry in PAGES.values()}
    assert {entry.title for entry in PAGES.values()} == set(TITLES.values())


@pytest.mark.parametrize("page", TITLES)
@pytest.mark.parametrize("email", WITH_DATA)
def test_a_page_shows_its_data_to_each_role(visit: Open, page: str, email: str) -> None:
    if page in OF_A_ROW or (page in OF_MANY and email == "alpine@example.com"):
        pytest.skip("not without a row, or not of a seller")
    app = visit(page, email)
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == [TITLES[page]]
    assert "sync" in texts(app)
    assert (len(app.dataframe) > 0) == (page not in WITHOUT_ROWS)


@pytest.mark.parametrize("page", [page for page in OF_SELLERS if page in WITH_FIGURES])
def test_an_empty_account_gets_a_page_that_says_what_to_do(visit: Open, page: str) -> None:
    app = visit(page, "empty@example.com")
    assert not app.exception
    assert "No reports yet" in texts(app)
    assert not old_words(app)
    assert "python -m loaders sync FOLDER --account EMPTY" in app.code[-1].value
    assert not app.dataframe
    assert not app.metric


@pytest.mark.parametrize("page", OF_SELLERS)
def test_a_user_without_grants_is_told_whom_to_ask(visit: Open, page: str) -> None:
    app = visit(page, "nobody@example.com")
    assert "No account is assigned to you yet" in texts(app)
    assert ALPINE.code not in everything(app)
    assert BETULA.name not in everything(app)


@pytest.mark.parametrize("page", OF_SELLERS)
def test_a_seller_gets_nothing_of_another_account(visit: Open, page: str) -> None:
    sent = everything(visit(page, "alpine@example.com"))
    assert "Alpine" in sent
    assert "BETULA" not in sent
    assert "Betula" not in sent
    assert "B-900" not in sent


@pytest.mark.parametrize("code", ["BETULA", "NOBODY"])
@pytest.mark.parametrize("page", ["pages/overview.py", "pages/amazon.py", "pages/data_sync.py"])
def test_an_address_of_an_account_that_is_not_the_visitors_shows_no_other_figures(
    visit: Open, page: str, code: str
) -> None:
    app = visit(page, "alpine@example.com", account=code)
    assert "Account not found, or you don't have access" in texts(app)
    assert "Open your account" in texts(app)
    assert not app.metric
    assert not app.dataframe


@pytest.mark.parametrize("total", Total)
@pytest.mark.parametrize(("seller", "currency"), [(ALPINE, "USD"), (BETULA, "EUR")])
def test_the_tiles_and_the_table_have_the_totals_to_the_cent(
    visit: Open, totals: Callable[[str, str, str], Decimal], total: Total, seller: Seller, currency: str
) -> None:
    expected = totals(seller.code, currency, total.value)
    assert expected > 0 or (seller, total) == (BETULA, Total.LOST)
    of_one = visit("pages/overview.py", "manager@example.com", account=seller.code)
    assert tile(of_one, TOTALS[total].label) == amount(expected, currency)
    of_all = visit("pages/overview.py", "manager@example.com")
    rows = next(frame.value for frame in of_all.dataframe if "unclaimed" in frame.value.columns)
    assert list(rows.loc[rows["currency"] == currency, total.value]) == [money.formatted(expected, currency)]


def test_the_laws_are_checked_and_the_proof_is_there(visit: Open) -> None:
    app = visit("pages/overview.py", "manager@example.com")
    (line,) = [expander.label for expander in app.expander]
    assert "Adds up" in line
    assert "3 reimbursement rows" in line
    (proof,) = [frame.value for frame in app.dataframe if "Difference" in frame.value.columns]
    assert list(proof["Currency"]) == ["USD", "EUR"]
    assert not proof["Difference"].any()
    assert not proof["Difference of claimed"].any()


def test_items_without_a_value_are_counted_beside_the_money(visit: Open) -> None:
    app = visit("pages/overview.py", "alpine@example.com")
    assert any("Unclaimed: 1 with no value yet" in link.proto.label for link in app.get("page_link"))
    (ready,) = [link.proto for link in app.get("page_link") if link.proto.label.startswith("Ready to claim **")]
    assert "3 items" in ready.label
    assert "1 item with no value yet" in ready.help


def test_what_is_ready_is_listed_soonest_first(visit: Open) -> None:
    app = visit("pages/amazon.py", "alpine@example.com")
    tiles = {button.key: button.label for button in app.button}
    assert f"**{amount(Decimal('30.30'), 'USD')}** · 2" in tiles["amazon_stage ready"]
    assert f"**{amount(Decimal('14.50'), 'USD')}** · 1" in tiles["amazon_stage future"]
    rows = listed(app, "Value from")
    assert list(rows["SKU"]) == ["ALPINE-1", "ALPINE-UNVALUED"]
    assert rows["Expires in"].iloc[0][0] in {"4 days", "5 days", "6 days"}  # the marketplace's day may be another
    assert rows["Amount"].iloc[0] == Decimal("30.30")


def test_walmart_without_a_published_deadline_never_expires(visit: Open) -> None:
    rows = listed(visit("pages/walmart.py", "alpine@example.com", as_of="2036-01-01"), "Value from")
    assert list(rows["SKU"]) == ["ALPINE-WFS"]
    assert list(rows["Rule"]) == ["No published deadline"]


def test_a_marketplace_that_is_not_connected_is_said_to_be_so(visit: Open) -> None:
    app = visit("pages/walmart.py", "manager@example.com", account="Betula")
    assert "No Walmart marketplace is connected" in texts(app)
    assert not app.dataframe


def test_a_sellers_name_is_never_taken_for_markdown(visit: Open) -> None:
    said = texts(visit("pages/overview.py", "alpine@example.com"))
    assert ALPINE.name not in said
    assert r"Alpine \*Gear\* \<b\>:" in said


def test_amounts_are_never_floats(visit: Open) -> None:
    rows = listed(visit("pages/amazon.py", "alpine@example.com"), "Value from")
    assert isinstance(rows["Amount"].iloc[0], Decimal)
    assert money.formatted(rows["Unit value"].iloc[0], "USD") == "$10.10"
