"""An item's own page: what happened, how the sum comes about, by which rule, and the report's own rows."""

from collections.abc import Iterator
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from sqlalchemy import Connection
from streamlit.testing.v1 import AppTest

from core.database.access import people
from tests.conftest import Database, Filled, Server, filled
from tests.core.reports import Reports
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, texts
from tests.pages.world import ALPINE

CEDAR = "cedar@example.com"
DAY = "2026-10-01"
NOT_THERE = "Item not found, or you don't have access"


def _item_id(connection: Connection) -> str:
    """Ten mugs that were lost: two were found, three were paid, for two a case is open."""
    cedar = Reports(connection, "CEDAR")
    cedar.costs("7.20", since="2026-03-01")
    cedar.lost(10, on="2026-09-01")
    cedar.adjusted(2, "F", on="2026-09-05")
    cedar.reimbursed(3, "24.00", on="2026-09-10", name="R-77")
    cedar.filed("C-1", on="2026-09-20", units=2)
    cedar.refused("")
    found = str(cedar.item(DAY)["item_id"])
    people.add_user(connection, CEDAR, "seller", ["CEDAR"])
    return found


@pytest.fixture(scope="module")
def with_item_id(server: Server, with_small_world: Filled[dict[str, int]]) -> Iterator[Filled[str]]:
    """The world with them, made once."""
    with filled(server, with_small_world.name, _item_id) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_item_id: Filled[str]) -> str:
    """Every test here begins with them."""
    return with_item_id.name


@pytest.fixture
def item_id(with_item_id: Filled[str]) -> str:
    """Ten mugs that were lost: two were found, three were paid, for two a case is open."""
    return with_item_id.told


def opened(visit: Open, item_id: str, email: str = CEDAR, **more: str) -> AppTest:
    return visit("pages/item.py", email, item=item_id, as_of=DAY, **more)


def test_the_sum_is_told_from_the_units_to_the_amount(visit: Open, item_id: str) -> None:
    app = opened(visit, item_id)
    assert not app.exception
    assert (
        r"10 lost − 2 found − 3 paid = 5 × \$7\.20 (your sourcing cost, valid from Mar 1, 2026) = **\$36\.00**"
        in texts(app)
    )
    assert r"3 paid, net of what was taken back: **\$24\.00**" in texts(app)
    assert [title.value for title in app.title] == [r"Inventory lost · MUG\-1 · \$60\.00"]
    assert "Last day: **in 30 days, Oct 31, 2026**" in texts(app)


def test_what_happened_is_one_sentence_and_a_timeline(visit: Open, item_id: str) -> None:
    said = texts(opened(visit, item_id))
    assert r"10 units of SKU **MUG\-1** were reported lost in the warehouse on Sep 1, 2026" in said
    timeline = said
    steps = ["Sep 1, 2026 · 10 units lost", "Sep 5, 2026 · 2 units found", "Sep 10, 2026 · 3 units paid"]
    steps += ["Sep 20, 2026"]
    places = [timeline.index(step) for step in steps]
    assert places == sorted(places)
    assert r"R\-77" in timeline
    assert r"case C\-1 opened for 2 units" in timeline
    assert "Ready to claim: the team files it" in said
    assert "A case is open for it" in said


def test_the_rule_says_its_dates_its_source_and_how_sure_it_is(visit: Open, item_id: str) -> None:
    said = texts(opened(visit, item_id))
    assert "through **Oct 31, 2026**" in said
    assert "[Source of the rule](https://" in said
    assert "checked on" in said


def test_the_evidence_is_the_reports_own_rows_by_what_they_are(visit: Open, item_id: str) -> None:
    app = opened(visit, item_id)
    said = texts(app)
    roles = ["The event", "Found again", "Paid", "In the case file", "Where the value comes from"]
    assert [role for role in roles if f"**{role}**" in said] == roles
    event = app.dataframe[0].value
    assert list(event["Column"]) == ["Account", "Number"]
    assert event.iloc[0, 1] == "CEDAR"
    assert event.columns[1].startswith("Line ")


def test_empty_fields_of_the_evidence_are_there_on_request(visit: Open, item_id: str, database: Database) -> None:
    with database.owner.begin() as connection:
        connection.exec_driver_sql("update inventory_event set source_line = replace(source_line, 'CEDAR', '')")
    app = opened(visit, item_id)
    assert list(app.dataframe[0].value["Column"]) == ["Number"]
    (toggle,) = [each for each in app.toggle if "empty field" in each.label]
    toggle.set_value(True).run()
    assert list(app.dataframe[0].value["Column"]) == ["Account", "Number"]


def test_a_list_and_the_item_name_the_product_as_a_report_row_does(
    visit: Open, item_id: str, database: Database
) -> None:
    with database.owner.begin() as connection:
        connection.exec_driver_sql("update source_file set columns = array['product-name', 'Number']")
        connection.exec_driver_sql("update inventory_event set source_line = replace(source_line, 'CEDAR', 'Blue mug')")
    rows = listed(visit("pages/amazon.py", CEDAR, as_of=DAY), "Value from")
    assert list(rows["Product"]) == ["Blue mug"]
    assert "Blue mug" in texts(opened(visit, item_id))


def test_the_stages_are_badges_in_the_words_of_the_lists(visit: Open, item_id: str) -> None:
    sent = everything(opened(visit, item_id))
    for told in (
        "Ready to claim: 3 units · ",
        "In case: 2 units · ",
        "Claimed: 3 units · ",
        "Settled in kind: 2 units",
    ):
        assert told in sent


@pytest.mark.parametrize("named", ["00000000-0000-0000-0000-000000000000", "", "x", "%", "' or 1=1 --"])
def test_an_item_that_is_not_there_and_one_of_another_account_get_the_same_answer(
    visit: Open, item_id: str, named: str
) -> None:
    of_another = opened(visit, item_id, "alpine@example.com")
    not_there = opened(visit, named, "alpine@example.com")
    assert NOT_THERE in texts(of_another)
    assert "MUG" not in everything(of_another)
    assert texts(of_another) == texts(not_there)
    assert not of_another.dataframe


def test_one_id_in_two_accounts_is_told_apart_by_the_account_of_the_address(
    visit: Open, item_id: str, database: Database
) -> None:
    with database.owner.begin() as connection:
        twin = Reports(connection, "TWIN")
        twin.lost(4, on="2026-09-01")
        twin.refused("")
        twin.detect()
        connection.exec_driver_sql("set session_replication_role = replica")
        for table in ("item", "item_evidence"):
            connection.exec_driver_sql(
                f"update {table} set item_id = %s where account_id = %s",
                (UUID(item_id), twin.account_id),
            )
        people.grant(connection, CEDAR, "TWIN")
    assert NOT_THERE in texts(opened(visit, item_id))
    assert "10 units of SKU" in texts(opened(visit, item_id, account="CEDAR Ltd"))
    assert "4 units of SKU" in texts(opened(visit, item_id, account="TWIN Ltd"))


def test_a_row_leads_to_its_item_and_any_id_finds_it(visit: Open, item_id: str) -> None:
    for name in (item_id, "mug", "X0MUG", "b0mug", "r-77", "C-1"):
        app = visit("pages/amazon.py", CEDAR, amazon_stage="Lost", amazon_search=name, as_of=DAY)
        assert "ignores every other choice" in texts(app), name
        rows = listed(app, "Value from")
        assert set(rows["Stage"]) == {"Ready to claim", "In case", "Claimed"}, name
        assert set(rows["SKU"]) == {"MUG-1"}


def test_a_case_of_the_item_is_a_link(visit: Open, item_id: str) -> None:
    links = [link.proto for link in opened(visit, item_id).get("page_link") if "Case C" in link.proto.label]
    assert [parse_qs(link.query_string)["case"] for link in links] == [["C-1"]]


def test_a_sellers_texts_are_never_taken_for_markdown(visit: Open, database: Database, small_world: object) -> None:
    hostile = "*b* <img src=x onerror=alert(1)> :red[x] $x$ [a](http://b)"
    with database.owner.begin() as connection:
        dogwood = Reports(connection, "DOGWOOD")
        dogwood.lost(1, on="2026-09-01", goods={"sku": hostile, "fnsku": hostile, "asin": ""})
        dogwood.refused("")
        found = str(dogwood.item(DAY)["item_id"])
        people.add_user(connection, "dogwood@example.com", "seller", ["DOGWOOD"])
    app = opened(visit, found, "dogwood@example.com")
    assert not app.exception
    assert hostile not in texts(app)
    assert r"\<img src\=x" in texts(app)
    assert ALPINE.code not in everything(app)
