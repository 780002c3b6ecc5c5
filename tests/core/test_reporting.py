"""The views are what others build on: their names, their columns in order, and figures that agree with each other."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Connection, text

from core.errors import ConfigurationError
from core.reporting import PUBLIC
from core.reporting.refresh import refresh_views
from tests.conftest import Filled, Server, filled
from tests.core.reports import LAMP, Reports, as_of_date
from tests.core.sellers import views

COLUMNS = {
    "items": (
        "account marketplace channel category category_group item_id sku fnsku asin order_id shipment_id"
        " event_on opens_on deadline_on days_left units units_future units_ready units_review units_in_case"
        " units_claimed units_expired units_denied units_reversed units_in_kind currency unit_value"
        " value_basis detected unclaimed claimed lost case_id window_rule window_confidence review_reason"
        " review_code"
    ),
    "totals": "account marketplace channel category category_group currency stage total items units amount",
    "cases": (
        "account marketplace case_id status stage outcome origin opened_on decided_on closed_on claimed_units"
        " claimed_amount recovered_units recovered_amount currency filed_units filed_amount"
    ),
    "reimbursements": (
        "account marketplace reimbursement_id approved_on case_id reason order_id sku fnsku units_cash"
        " units_inventory amount currency original_reimbursement_id"
    ),
    "item_evidence": "account item_id role file line format raw",
    "sync_runs": (
        "account format file sha256 started_at finished_at status rows new changed unchanged refused"
        " data_from data_through"
    ),
    "row_issues": "account format file line column_name value reason",
    "unknown_words": "account format column_name word rows units amount currency first_on last_on",
    "claim_windows": (
        "rule channel marketplaces category clock opens_after closes_after valid_from valid_to source"
        " checked_on confidence"
    ),
    "underpaid": (
        "account marketplace category item_id sku fnsku order_id units paid sourcing_cost shortfall currency paid_on"
        " re_evaluation_until"
    ),
    "withdrawn_items": (
        "account marketplace channel category category_group item_id sku fnsku order_id shipment_id event_on units"
        " currency detected withdrawn_at reason"
    ),
    "approved_not_paid": (
        "account marketplace approved_on reason sku order_id amount currency reimbursement_id file line"
    ),
    "coverage": ("account region format covered_from covered_through known_by waiting_items waiting_amount currency"),
    "paid_not_reported": "account marketplace posted_on reason sku order_id amount currency settlement_id file line",
    "surpluses": (
        "account marketplace kind happened_on sku fnsku order_id shipment_id case_id units units_matched amount"
        " currency"
    ),
}


def _acme(connection: Connection) -> Reports:
    """A seller with units in every stage, in two marketplaces and two currencies."""
    acme = Reports(connection, marketplaces=("AMAZON_US", "AMAZON_DE", "WALMART_US"))
    acme.costs("3.33", since="2026-01-01")
    for day in ("2026-03-01", "2026-06-01", "2026-07-18"):
        acme.lost(4, on=day)
    acme.adjusted(-5, "H", on="2026-06-10")
    acme.lost(2, on="2026-06-15", marketplace="AMAZON_DE")
    acme.adjusted(-5, "LOST", on="2026-06-01", marketplace="WALMART_US", goods=LAMP, event_type="Adjustment")
    acme.reimbursed(1, "10.01", on="2026-06-05", name="R1")
    acme.reimbursed(2, "10.00", on="2026-06-06", inventory=1, name="R2", case="9")
    acme.reimbursed(-1, "-5.00", on="2026-06-20", original="R2")
    acme.reimbursed(2, "17.99", on="2026-06-21", marketplace="AMAZON_DE")
    acme.reimbursed(1, "99.95", on="2026-06-22", reason="Something_New")
    acme.filed("7", on="2026-07-19", units=2)
    acme.filed("8", on="2026-07-19", units=1, decision="denied", decided="2026-07-19")
    acme.reconciled("WFS LostInventory", "16.00", on="2026-07-10", quantity=2)
    acme.detect()
    return acme


@pytest.fixture(scope="module")
def with_acme(server: Server, migrated: str) -> Iterator[Filled[Reports]]:
    """A database with the seller, made once."""
    with filled(server, migrated, _acme) as made:
        yield made


@pytest.fixture(scope="module")
def template(with_acme: Filled[Reports]) -> str:
    """Every test here begins with the seller."""
    return with_acme.name


@pytest.fixture
def acme(connection: Connection, with_acme: Filled[Reports]) -> Reports:
    """A seller with units in every stage, in two marketplaces and two currencies."""
    return with_acme.told.over(connection)


@pytest.mark.parametrize("view", COLUMNS)
def test_a_view_has_the_columns_that_were_promised_in_their_order(connection: Connection, view: str) -> None:
    result = connection.execute(text(f"select * from reporting.{view} limit 0"))
    assert list(result.keys()) == COLUMNS[view].split()


def test_there_are_no_other_views_for_others(connection: Connection) -> None:
    public = {view.removeprefix("reporting.") for view in views(connection) if view.startswith("reporting.")}
    assert public == set(COLUMNS) == set(PUBLIC)


def test_every_view_reads_with_the_rights_of_its_reader(connection: Connection) -> None:
    query = "select 'security_invoker=true' = any(reloptions) from pg_class where oid = cast(:view as regclass)"
    assert [view for view in views(connection) if not connection.execute(text(query), {"view": view}).scalar()] == []


@pytest.mark.parametrize("as_of", ["2026-06-02", "2026-07-20", "2026-08-15", "2030-01-01"])
def test_the_totals_are_the_sums_of_the_items(acme: Reports, as_of: str) -> None:
    as_of_date(acme.connection, as_of)
    of_items = """
        select account, marketplace, category, currency, sum(unclaimed), sum(claimed), sum(lost), sum(detected),
            sum(units - units_in_kind)
        from reporting.items group by 1, 2, 3, 4 order by 1, 2, 3, 4
    """
    of_totals = """
        select account, marketplace, category, currency,
            coalesce(sum(amount) filter (where total = 'unclaimed'), 0),
            coalesce(sum(amount) filter (where total = 'claimed'), 0),
            coalesce(sum(amount) filter (where total = 'lost'), 0),
            sum(amount), sum(units)
        from reporting.totals group by 1, 2, 3, 4 order by 1, 2, 3, 4
    """
    items, totals = (acme.connection.execute(text(query)).all() for query in (of_items, of_totals))
    assert len(totals) >= 4
    assert items == totals


def test_claimed_is_what_was_paid_and_neither_it_nor_what_was_detected_depends_on_the_date(acme: Reports) -> None:
    query = text("select currency, sum(claimed), sum(detected) from reporting.items group by 1 order by 1")
    seen = []
    for as_of in ("2020-01-01", "2026-07-20", "2030-01-01"):
        as_of_date(acme.connection, as_of)
        seen.append(acme.connection.execute(query).all())
    assert seen[0] == seen[1] == seen[2]
    paid = text("select currency, sum(amount) from reporting.reimbursements group by 1 order by 1")
    assert [(row[0], row[1]) for row in seen[0]] == list(map(tuple, acme.connection.execute(paid).all()))
    assert [(currency, claimed) for currency, claimed, _ in seen[0]] == [
        ("EUR", Decimal("17.99")),
        ("USD", Decimal("130.96")),
    ]


def test_each_stage_belongs_to_one_of_the_three_totals(acme: Reports) -> None:
    as_of_date(acme.connection, "2026-07-20")
    rows = acme.connection.execute(text("select distinct stage, total from reporting.totals"))
    assert dict(map(tuple, rows.all())) == {
        "future": "unclaimed",
        "ready": "unclaimed",
        "review": "unclaimed",
        "in_case": "unclaimed",
        "claimed": "claimed",
        "expired": "lost",
        "denied": "lost",
        "reversed": "lost",
    }


def test_evidence_is_the_reports_own_row_under_its_files_names(acme: Reports) -> None:
    rows = acme.connection.execute(
        text(
            "select e.role, e.file, e.format, e.raw from reporting.item_evidence as e"
            " inner join reporting.items as i on i.item_id = e.item_id where i.event_on = date '2026-06-01'"
            " and i.channel = 'amazon' order by e.role, e.line"
        )
    ).all()
    assert {row.role for row in rows} >= {"event", "paid", "reversed", "value"}
    event = next(row for row in rows if row.role == "event")
    assert (event.file, event.format) == ("ACME-inventory_event.csv", "inventory_event")
    assert event.raw["Account"] == "ACME"
    assert set(event.raw) == {"Account", "Number"}


def test_a_case_shows_what_it_claimed_and_recovered(acme: Reports) -> None:
    rows = acme.connection.execute(
        text("select case_id, status, origin, recovered_units, recovered_amount from reporting.cases order by 1")
    )
    assert list(map(tuple, rows.all())) == [
        ("7", "open", "case_file", 0, 0),
        ("8", "not_eligible", "case_file", 0, 0),
        ("9", "partially_reimbursed", "filed_elsewhere", 2, Decimal("5.00")),
    ]


def test_a_refused_row_is_shown_with_its_file_line_column_and_reason(acme: Reports) -> None:
    acme.refused("12,34,5")
    (issue,) = acme.connection.execute(text("select * from reporting.row_issues")).all()
    assert tuple(issue) == (
        "ACME", "amazon_reimbursements", "paid.tsv", 3, "amount-total", "12,34,5", "is no amount",
    )  # fmt: skip
    (run,) = acme.connection.execute(text("select account, file, status, refused from reporting.sync_runs")).all()
    assert tuple(run) == ("ACME", "paid.tsv", "taken", 1)


def test_a_rule_says_when_it_opens_and_closes_in_words(connection: Connection) -> None:
    rows = connection.execute(
        text(
            "select distinct opens_after, closes_after from reporting.claim_windows"
            " where 'AMAZON_US' = any(marketplaces)"
        )
    ).all()
    assert {("0 days", "60 days"), ("0 days", "9 months")} <= set(map(tuple, rows))


def test_the_views_can_be_made_anew_at_any_time(acme: Reports) -> None:
    before = acme.items()
    refresh_views(acme.connection)
    assert acme.items() == before


class TestRefresh:
    """What a migration does to the views, and to what others have built on them."""

    def test_a_view_of_somebody_else_stands_where_no_column_changes(self, connection: Connection) -> None:
        run(connection, "create schema bi", "create view bi.worth as select account, amount from reporting.totals")
        refresh_views(connection)
        assert is_there(connection, "bi.worth")

    def test_a_new_column_at_the_end_leaves_it_standing(self, connection: Connection) -> None:
        columns = COLUMNS["claim_windows"].split()[:-1]
        source = connection.execute(text("select pg_get_viewdef('reporting.claim_windows')")).scalar_one()
        shorter = f"select {', '.join(columns)} from ({source.rstrip(';')}) as rule"
        run(connection, "drop view reporting.claim_windows", "create schema bi")
        run(connection, f"create view reporting.claim_windows as {shorter}")
        run(connection, "create view bi.rules as select rule from reporting.claim_windows")
        refresh_views(connection)
        assert is_there(connection, "bi.rules")
        run(connection, "select confidence from reporting.claim_windows")

    def test_where_columns_change_under_it_nothing_is_changed_and_it_is_named(self, connection: Connection) -> None:
        run(connection, "drop view reporting.totals", "create schema bi")
        run(connection, "create view reporting.totals as select 1 as amount")
        run(connection, "create view bi.worth as select amount from reporting.totals")
        with pytest.raises(ConfigurationError, match=r"view bi\.worth depends on view reporting\.totals"):
            refresh_views(connection)
        assert is_there(connection, "bi.worth")

    def test_a_view_of_another_shape_is_made_again_with_those_that_read_it(self, connection: Connection) -> None:
        run(connection, "drop view derived.day cascade", "create view derived.day as select 1 as one")
        run(connection, "drop view reporting.cases", "create view reporting.cases as select one from derived.day")
        refresh_views(connection)
        assert {f"reporting.{name}" for name in PUBLIC} <= set(views(connection))
        run(connection, "select today from derived.day", "select case_id from reporting.cases")

    def test_what_an_earlier_version_had_beside_them_goes(self, connection: Connection) -> None:
        run(connection, "create view derived.older as select today from derived.day")
        run(connection, "create function derived.older_one() returns int language sql as 'select 1'")
        refresh_views(connection)
        assert not is_there(connection, "derived.older")
        assert connection.execute(text("select to_regproc('derived.older_one') is null")).scalar_one()


def run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(text(statement))


def is_there(connection: Connection, view: str) -> bool:
    return connection.execute(text("select to_regclass(:view) is not null"), {"view": view}).scalar_one() is True
