"""Follow-ups: five lists beside the claims, each with what to do, its sum and its rows."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Connection, text

from core import lists
from core.database.access import people
from core.database.rollups.totals import bump_versions, refresh_rollups
from core.queries import follow_ups
from core.queries.follow_ups import NAMES, ORDERS, FollowUpFilter
from core.queries.paging import Position
from tests.conftest import Database, Filled, Server, filled
from tests.core.reports import Reports
from tests.pages.conftest import Open
from tests.pages.seen import everything, listed, texts

CEDAR = "cedar@example.com"
LONE = {"sku": "LONE-1", "fnsku": "X0LONE0001", "asin": "B0LONE0001"}
PAGE = "pages/follow_ups.py"
VIEWS = {
    "underpaid": ("reporting.underpaid", "shortfall"),
    "approved_not_paid": ("reporting.approved_not_paid", "amount"),
    "paid_not_reported": ("reporting.paid_not_reported", "amount"),
    "withdrawn": ("reporting.withdrawn_items", "detected"),
    "surpluses": ("reporting.surpluses", "amount"),
}
LABELS = {
    "underpaid": "Paid below your cost",
    "approved_not_paid": "Approved, not paid",
    "paid_not_reported": "Paid, not reported",
    "withdrawn": "Withdrawn",
    "surpluses": "Surplus",
}
SHOWN = {
    "underpaid": r"**\$6\.40** · 1 item",
    "approved_not_paid": r"**\$8\.00** · 1 payment",
    "paid_not_reported": r"**\$5\.50** · 1 payment",
    "withdrawn": r"**\$7\.20** · 1 item",
    "surpluses": r"**\$3\.00** · 1 surplus",
}


def _cedar(connection: Connection) -> int:
    """Of each list one row: the day on which R-1 can be evaluated again ends on 9 November, and R-2 is for nothing."""
    reports = Reports(connection, "CEDAR")
    reports.costs("7.20", since="2026-03-01")
    reports.lost(2, on="2026-09-01")
    gone = reports.lost(1, on="2026-09-03")
    reports.reimbursed(2, "8.00", on="2026-09-10", name="R-1")
    reports.settled("WAREHOUSE_LOST", "5.50", on="2026-09-14", order="111-1", sku="OTHER-1")
    reports.reimbursed(1, "3.00", on="2026-09-15", name="R-2", goods=LONE)
    reports.settled("WAREHOUSE_LOST", "3.00", on="2026-09-16", sku=LONE["sku"])
    reports.detect()
    reports.forget("inventory_event", gone)
    reports.refused("")
    reports.detect()
    people.add_user(connection, CEDAR, "seller", ["CEDAR"])
    return reports.account_id


@pytest.fixture(scope="module")
def with_cedar(server: Server, with_small_world: Filled[dict[str, int]]) -> Iterator[Filled[int]]:
    """The world with them, made once."""
    with filled(server, with_small_world.name, _cedar) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_cedar: Filled[int]) -> str:
    """Every test here begins with them."""
    return with_cedar.name


@pytest.fixture
def cedar(with_cedar: Filled[int]) -> int:
    """Of each list one row: the day on which R-1 can be evaluated again ends on 9 November, and R-2 is for nothing."""
    return with_cedar.told


@pytest.mark.usefixtures("cedar")
@pytest.mark.parametrize("name", NAMES)
def test_each_list_has_its_rows_its_sum_and_what_to_do(visit: Open, name: str) -> None:
    app = visit(PAGE, CEDAR, follow_ups_list=LABELS[name], as_of="2026-10-01")
    assert not app.exception
    said = texts(app)
    assert SHOWN[name] in said
    assert "**" in said
    assert len(app.dataframe) == 1
    assert {str(button.proto.label) for button in app.get("download_button")} == {"CSV", "Excel"}


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_its_view(database: Database, cedar: int, name: str) -> None:
    view, column = VIEWS[name]
    with database.owner.connect() as connection:
        expected = connection.execute(text(f"select count(*), sum({column}) from {view} where account = 'CEDAR'")).one()
        (found,) = follow_ups.sums(connection, [cedar], name, FollowUpFilter(with_passed=True)).to_dict("records")
        nobody = lists.page(connection, [-1], name, FollowUpFilter(), "first", Position())
    assert (found["rows"], found["amount"]) == tuple(expected)
    assert found["amount"] > Decimal(0)
    assert nobody.empty


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_order_has_every_row_and_a_search_narrows_it(
    database: Database, cedar: int, name: str, order: str
) -> None:
    with database.owner.connect() as connection:
        rows = lists.page(connection, [cedar], name, FollowUpFilter(with_passed=True), order, Position())
        none = lists.page(connection, [cedar], name, FollowUpFilter("%", True), order, Position())
    assert len(rows) == 1
    assert none.empty


@pytest.mark.usefixtures("cedar")
def test_what_can_not_be_asked_for_any_more_is_there_only_on_request(visit: Open) -> None:
    late = {"as_of": "2026-12-01"}
    assert "can still be re-evaluated" in texts(visit(PAGE, CEDAR, **late))
    app = visit(PAGE, CEDAR, follow_ups_passed="true", **late)
    assert list(listed(app, "Request by")["Days left"]) == ["−22 days"]


@pytest.mark.usefixtures("cedar")
def test_another_seller_sees_none_of_it(visit: Open) -> None:
    for label in LABELS.values():
        sent = everything(visit(PAGE, "alpine@example.com", follow_ups_list=label, follow_ups_passed="true"))
        assert "MUG-1" not in sent
        assert "OTHER-1" not in sent
        assert LONE["sku"] not in sent


class TestSurpluses:
    """What is over: units with no amount, and where a row leads."""

    @pytest.fixture
    def over(self, database: Database, cedar: int) -> int:
        """Beside the payment: two units found, one that came in a case, each of the same goods as open units."""
        with database.owner.begin() as connection:
            connection.execute(
                text(
                    "insert into surplus select :id, kind, gen_random_uuid(), 'AMAZON_US', day, 'MUG-1', 'X1', '', '',"
                    " it, units, units - 1, 0, '' from (values ('finds', date '2026-09-20', '', 2),"
                    " ('cases', '2026-09-18', 'C-7', 1)) as over (kind, day, it, units)"
                ),
                {"id": cedar},
            )
            refresh_rollups(connection, [cedar])
            bump_versions(connection, [cedar])
        return cedar

    @pytest.mark.usefixtures("over")
    def test_units_stand_beside_money_and_are_not_added_to_it(self, visit: Open) -> None:
        app = visit(PAGE, CEDAR, follow_ups_list="Surplus")
        said = texts(app)
        assert r"**\$3\.00** · 1 surplus" in said
        assert "2 surpluses with no amount" in said
        rows = listed(app, "Surplus of").to_dict("records")
        assert [(row["Surplus of"], row["Units"], row["Units in Review"], row["Amount"]) for row in rows] == [
            ("Units found", 2, 1, None),
            ("Units of a case", 1, 0, None),
            ("Payment", 1, 0, Decimal("3.00")),
        ]
        assert [row["Order, shipment or case"] for row in rows] == ["", "C-7", ""]

    @pytest.mark.usefixtures("over")
    def test_the_largest_comes_first_where_that_is_asked_for(self, visit: Open) -> None:
        app = visit(PAGE, CEDAR, follow_ups_list="Surplus", follow_ups_sort="Largest")
        assert listed(app, "Surplus of")["Surplus of"].iloc[0] == "Payment"

    @pytest.mark.usefixtures("over")
    def test_a_case_is_found_by_its_id(self, visit: Open) -> None:
        rows = listed(visit(PAGE, CEDAR, follow_ups_list="Surplus", follow_ups_search="c-7"), "Surplus of")
        assert list(rows["Surplus of"]) == ["Units of a case"]

    def test_the_file_has_the_columns_of_the_view(self, database: Database, over: int) -> None:
        table = lists.table([over], "surpluses", FollowUpFilter(), "first")
        with database.owner.connect() as connection:
            view = connection.execute(text("select * from reporting.surpluses limit 0"))
            rows = connection.execute(table.query, dict(table.values)).mappings().all()
        assert set(table.columns) == set(view.keys())
        assert [(row["kind"], row["amount"]) for row in rows] == [
            ("finds", None),
            ("cases", None),
            ("payments", Decimal("3.00")),
        ]
