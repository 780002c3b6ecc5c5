"""A sign-in has an end: by age, by disuse, by signing out. The database says so, to every replica."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from core.database.access import people, sessions
from tests.conftest import Database

IDLE, LIFETIME = timedelta(minutes=30), timedelta(hours=8)


@pytest.fixture
def anna(database: Database) -> int:
    with database.owner.begin() as connection:
        return people.add_user(connection, "anna@acme.example", "seller")


def attended(user_id: int, *, signed_in: timedelta = timedelta(), subject: str = "1") -> str:
    at = datetime.now(UTC).replace(microsecond=0, second=0) - signed_in
    key = sessions.key_of("https://id.example", subject, at)
    return sessions.attend(user_id, key, at, idle=IDLE, lifetime=LIFETIME)


def unused_for(database: Database, minutes: int) -> None:
    with database.owner.begin() as connection:
        connection.execute(
            text("update user_session set seen_at = now() - make_interval(mins => :minutes)"), {"minutes": minutes}
        )


def test_a_session_stays_open_while_it_is_used(database: Database, anna: int) -> None:
    assert attended(anna) == "open"
    unused_for(database, 29)
    assert attended(anna) == "open"
    unused_for(database, 29)
    assert attended(anna) == "open"


def test_a_session_that_is_not_used_ends(database: Database, anna: int) -> None:
    attended(anna)
    unused_for(database, 31)
    assert [attended(anna), attended(anna)] == ["idle", "idle"]


def test_a_session_ends_with_its_age_however_much_it_is_used(anna: int) -> None:
    assert attended(anna, signed_in=timedelta(hours=7)) == "open"
    assert attended(anna, signed_in=timedelta(hours=9)) == "expired"


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(anna: int) -> None:
    at = datetime.now(UTC)
    key = sessions.key_of("https://id.example", "1", at)
    sessions.attend(anna, key, at, idle=IDLE, lifetime=LIFETIME)
    sessions.end(key)
    assert sessions.attend(anna, key, at, idle=IDLE, lifetime=LIFETIME) == "ended"


def test_another_sign_in_is_another_session(anna: int) -> None:
    at = datetime.now(UTC)
    assert sessions.key_of("https://id.example", "1", at) != sessions.key_of("https://id.example", "2", at)
    assert sessions.key_of("https://id.example", "1", at) != sessions.key_of("https://other.example", "1", at)
    sessions.end(sessions.key_of("https://id.example", "1", at))
    assert attended(anna, subject="2") == "open"


def test_a_session_is_nobody_elses(database: Database, anna: int) -> None:
    with database.owner.begin() as connection:
        otto = people.add_user(connection, "otto@other.example", "seller")
    attended(anna)
    assert attended(otto) == "ended"


def test_signing_in_is_a_line_of_the_audit_log_and_each_click_is_not(database: Database, anna: int) -> None:
    for _ in range(3):
        attended(anna)
    with database.owner.connect() as connection:
        lines = connection.execute(text("select email, action from audit_log where user_id is not null")).all()
    assert [tuple(line) for line in lines] == [("anna@acme.example", "sign_in")]
