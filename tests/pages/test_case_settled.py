"""A case's own page over cases that were settled out of report rows: which rows are its own."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Connection, text

from core.database.access import people
from tests.conftest import Database, Filled, Server, filled
from tests.core.reports import LAMP, Reports
from tests.pages.conftest import Open
from tests.pages.seen import listed, texts, tile

CEDAR = "cedar@example.com"
PAGE = "pages/case.py"


def _cedar(connection: Connection) -> None:
    """C-1 was paid by a row that names it; C-2's units were paid by one that names none; W-1 is Walmart's."""
    reports = Reports(connection, "CEDAR", ("AMAZON_US", "WALMART_US"))
    reports.costs("7.20", since="2026-03-01")
    reports.lost(5, on="2026-09-01")
    reports.filed("C-1", on="2026-09-20", units=2)
    reports.reimbursed(2, "14.40", on="2026-10-01", name="R-1", case="C-1")
    reports.filed("C-2", on="2026-09-21", units=3)
    reports.reimbursed(3, "21.60", on="2026-10-02", name="R-2")
    reports.adjusted(-1, "LOST", on="2026-09-01", marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
    reports.filed("W-1", on="2026-09-20", units=1, marketplace="WALMART_US", goods=LAMP)
    reports.reconciled("WFS LostInventory", "9.00", on="2026-10-03")
    reports.refused("")
    reports.detect()
    people.add_user(connection, CEDAR, "seller", ["CEDAR"])


@pytest.fixture(scope="module")
def with_cedar(server: Server, with_small_world: Filled[dict[str, int]]) -> Iterator[Filled[None]]:
    """The world with them, made once."""
    with filled(server, with_small_world.name, _cedar) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_cedar: Filled[None]) -> str:
    """Every test here begins with them."""
    return with_cedar.name


@pytest.mark.parametrize(
    ("case", "row", "recovered"),
    [("C-1", ["R-1", "This case"], r"\$14\.40"), ("C-2", ["R-2", "Not this case"], r"\$0\.00")],
)
def test_a_row_that_names_the_case_is_its_own_and_one_that_paid_its_units_is_shown_apart(
    visit: Open, case: str, row: list[str], recovered: str
) -> None:
    app = visit(PAGE, CEDAR, marketplace="AMAZON_US", case=case)
    assert not app.exception
    rows = listed(app, "Reimbursement")
    assert rows[["Reimbursement", "Through"]].to_numpy().tolist() == [row]
    assert tile(app, "Recovered") == recovered
    assert ("Paid without this case" in texts(app)) == (case == "C-2")


@pytest.mark.parametrize(
    ("marketplace", "case", "recovered"),
    [("AMAZON_US", "C-1", "14.40"), ("AMAZON_US", "C-2", "0"), ("WALMART_US", "W-1", "9.00")],
)
def test_its_own_rows_add_up_to_what_it_recovered(
    visit: Open, database: Database, marketplace: str, case: str, recovered: str
) -> None:
    query = text("select recovered_amount from claim_case where case_id = :case")
    with database.owner.connect() as owner:
        assert owner.execute(query, {"case": case}).scalar_one() == Decimal(recovered)
    rows = listed(visit(PAGE, CEDAR, marketplace=marketplace, case=case), "Reimbursement")
    assert sum(rows.loc[rows["Through"] == "This case", "Amount"]) == Decimal(recovered)
