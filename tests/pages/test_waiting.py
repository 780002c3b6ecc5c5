"""What waits for its detection is said on every page, for as long as it waits."""

from sqlalchemy import text

from core.database import detections
from tests.conftest import Database
from tests.pages.conftest import Open
from tests.pages.seen import texts


def test_pages_say_what_waits(visit: Open, database: Database) -> None:
    with database.owner.begin() as connection:
        connection.execute(text("update account_state set taken = detected + 1"))
    assert "is not detected yet" in texts(visit("pages/overview.py", "alpine@example.com"))
    with database.owner.begin() as connection:
        connection.execute(text("update account_state set taken = 1, detected = 1, judged_by = 'earlier'"))
    said = texts(visit("pages/overview.py", "manager@example.com"))
    assert "judged by earlier rules" in said
    assert "(2 accounts of 2)" in said
    with database.owner.begin() as connection:
        connection.execute(text("update account_state set judged_by = :rules"), {"rules": detections.rules()})
    assert "earlier rules" not in texts(visit("pages/overview.py", "alpine@example.com"))
