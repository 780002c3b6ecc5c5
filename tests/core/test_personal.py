"""The little that a page writes: each user's own, within limits, with a line in a log that nobody can change."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.database.access import personal
from core.database.access.personal import SavedView
from core.database.access.visitor import reading, writing
from core.database.engine import app_engine, staff_engine
from core.errors import LimitReached
from tests.conftest import Database, Filled
from tests.core.sellers import Sellers

LOG = "select email, action, detail->>'marketplace' from audit_log where user_id is not null order by audit_id"


@pytest.fixture(scope="module")
def template(with_two_sellers: Filled[Sellers]) -> str:
    return with_two_sellers.name


@pytest.fixture
def sellers(database: Database, with_two_sellers: Filled[Sellers]) -> Sellers:
    with database.owner.begin() as connection:
        connection.execute(text("delete from service_request"))
    return with_two_sellers.told


def log(database: Database) -> list[tuple[object, ...]]:
    with database.owner.connect() as connection:
        return [tuple(line) for line in connection.execute(text(LOG)).all()]


class TestServiceRequests:
    """How to claim: one request an account and marketplace, and staff who start."""

    def test_it_is_kept_once_and_logged(self, database: Database, sellers: Sellers) -> None:
        assert personal.request_service(sellers.acmes_seller, sellers.acme, "AMAZON_US")
        assert not personal.request_service(sellers.manager, sellers.acme, "AMAZON_US")
        assert log(database) == [("anna@acme.example", "service_request", "AMAZON_US")]

    def test_for_an_account_of_another_or_a_marketplace_it_has_not_there_is_none(
        self, database: Database, sellers: Sellers
    ) -> None:
        assert not personal.request_service(sellers.acmes_seller, sellers.other, "AMAZON_US")
        assert not personal.request_service(sellers.nobody, sellers.acme, "AMAZON_US")
        assert not personal.request_service(sellers.acmes_seller, sellers.acme, "AMAZON_JP")
        assert log(database) == []

    def test_only_staff_mark_it_as_initiated(self, database: Database, sellers: Sellers) -> None:
        personal.request_service(sellers.acmes_seller, sellers.acme, "AMAZON_US")
        for user in (sellers.acmes_seller, sellers.manager, sellers.nobody):
            assert not personal.initiate_service(user, sellers.acme, "AMAZON_US")
        assert personal.initiate_service(sellers.staff, sellers.acme, "AMAZON_US")
        assert not personal.initiate_service(sellers.staff, sellers.acme, "AMAZON_US")
        assert log(database)[1:] == [("sam@recoup.example", "service_initiated", "AMAZON_US")]

    def test_it_is_seen_by_who_sees_the_account(self, sellers: Sellers) -> None:
        personal.request_service(sellers.acmes_seller, sellers.acme, "AMAZON_US")
        for user, seen in ((sellers.acmes_seller, 1), (sellers.others_seller, 0), (sellers.staff, 1)):
            with reading(user) as (connection, _):
                assert connection.execute(text("select count(*) from service_request")).scalar_one() == seen


class TestSavedViews:
    """Views with a name, for their user alone."""

    def test_they_are_kept_replaced_and_removed(self, sellers: Sellers) -> None:
        anna = sellers.acmes_seller
        personal.save_view(anna, SavedView("Mine", "amazon", "within=7"))
        personal.save_view(anna, SavedView("Mine", "amazon", "within=14"))
        assert personal.saved_views(anna) == [SavedView("Mine", "amazon", "within=14")]
        personal.forget_view(anna, "Mine")
        assert personal.saved_views(anna) == []

    def test_nobody_else_sees_or_removes_them(self, sellers: Sellers) -> None:
        view = SavedView("Mine", "amazon", "within=7")
        personal.save_view(sellers.acmes_seller, view)
        for user in (sellers.others_seller, sellers.staff):
            assert personal.saved_views(user) == []
            personal.forget_view(user, "Mine")
        assert personal.saved_views(sellers.acmes_seller) == [view]

    def test_one_in_the_name_of_another_is_refused(self, sellers: Sellers) -> None:
        with writing(sellers.acmes_seller) as connection, pytest.raises(DBAPIError, match="row-level security"):
            connection.execute(
                text("insert into saved_view (user_id, name, page, query) values (:id, 'Yours', 'amazon', '')"),
                {"id": sellers.others_seller},
            )


class TestAuditLog:
    """What was done stays told."""

    def test_a_download_says_who_what_and_for_which_account(self, database: Database, sellers: Sellers) -> None:
        personal.record(sellers.acmes_seller, "download", sellers.acme, what="items", rows=12)
        with database.owner.connect() as connection:
            line = connection.execute(
                text("select email, action, about_account_id, detail from audit_log where action = 'download'")
            ).one()
        assert tuple(line) == ("anna@acme.example", "download", sellers.acme, {"what": "items", "rows": 12})

    def test_too_much_within_an_hour_is_refused_for_this_user_alone(
        self, sellers: Sellers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(personal.MOST_AN_HOUR, "download", 2)
        for _ in range(2):
            personal.record(sellers.acmes_seller, "download", sellers.acme)
        with pytest.raises(LimitReached, match="2 downloads in an hour"):
            personal.record(sellers.acmes_seller, "download", sellers.acme)
        personal.record(sellers.others_seller, "download", sellers.other)
        personal.record(sellers.acmes_seller, "import", sellers.acme)

    @pytest.mark.parametrize("statement", ["delete from audit_log", "update audit_log set action = ''"])
    def test_no_role_of_the_pages_can_change_a_line(self, sellers: Sellers, statement: str) -> None:
        personal.record(sellers.staff, "download", None)
        for engine in (app_engine(), staff_engine()):
            with engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
                connection.execute(text(statement))

    def test_a_page_can_not_write_a_line_of_its_own_making(self, sellers: Sellers) -> None:
        with writing(sellers.acmes_seller) as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text("insert into audit_log (email, action, detail) values ('x', 'x', '{}')"))

    @pytest.mark.usefixtures("sellers")
    def test_grants_and_people_are_logged_by_the_commands(self, database: Database) -> None:
        with database.owner.connect() as connection:
            told = connection.execute(
                text("select action, detail->>'email' from audit_log where email = 'command line' order by audit_id")
            ).all()
        assert ("granted", "anna@acme.example") in [tuple(line) for line in told]
        assert ("user_added", "sam@recoup.example") in [tuple(line) for line in told]
